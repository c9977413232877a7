package io.engage.model.audit;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * To what it happened. What happens to a conversation as a whole names no message; what happens to
 * a mail that never became a message names neither.
 */
public record AuditSubject(
    @Nullable InboxId inbox, @Nullable ConversationId conversation, @Nullable MessageId message) {
  /** The installation as a whole. */
  public static final AuditSubject NONE = new AuditSubject(null, null, null);

  public static AuditSubject of(InboxId inbox) {
    return new AuditSubject(inbox, null, null);
  }

  public static AuditSubject of(InboxId inbox, ConversationId conversation) {
    return new AuditSubject(inbox, conversation, null);
  }

  public static AuditSubject of(InboxId inbox, ConversationId conversation, MessageId message) {
    return new AuditSubject(inbox, conversation, message);
  }
}
