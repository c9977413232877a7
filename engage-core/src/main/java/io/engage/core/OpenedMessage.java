package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.List;

/**
 * A message as an agent sees it.
 *
 * @param content its text, folds, safe HTML and attachments
 * @param copies the same mail in other inboxes to which it was sent, as far as the agent may read
 *     there
 */
public record OpenedMessage(
    Message message, Conversation conversation, ReadMail content, List<Copy> copies) {
  public OpenedMessage {
    requireNonNull(message, "message");
    requireNonNull(conversation, "conversation");
    requireNonNull(content, "content");
    copies = List.copyOf(copies);
  }

  /**
   * The same mail in another inbox.
   *
   * @param isAnswered whether somebody there has answered since it came
   */
  public record Copy(
      InboxId inbox, ConversationId conversation, MessageId message, boolean isAnswered) {
    public Copy {
      requireNonNull(inbox, "inbox");
      requireNonNull(conversation, "conversation");
      requireNonNull(message, "message");
    }
  }
}
