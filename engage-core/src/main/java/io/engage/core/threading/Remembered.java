package io.engage.core.threading;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Optional;

/** What is known of earlier messages, those earlier in the same batch included. */
public interface Remembered {

  Optional<Conversation> conversation(ConversationId id);

  /** The conversations with this number. */
  List<Conversation> numbered(ConversationNumber number);

  /** The messages that carry this Message-ID, oldest first. */
  List<Message> messages(RfcMessageId id);

  /** The messages that name this Message-ID in In-Reply-To or References, oldest first. */
  List<Message> naming(RfcMessageId id);
}
