package io.engage.core.threading;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Optional;

/** What is known of earlier messages, those earlier in the same batch included. */
public interface Remembered {

  Optional<Conversation> conversation(ConversationId id);

  /** The messages that carry this Message-ID, oldest first. */
  List<Message> messages(RfcMessageId id);
}
