package io.engage.core.receiving;

import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.OutboundMessage;

/**
 * An automatic answer that has yet to be composed.
 *
 * @param of the message that it answers
 * @param account through which it goes
 * @param reason for the audit trail
 */
public record Answer(
    AuditSubject of,
    InboxId inbox,
    ConversationId conversation,
    AccountId account,
    OutboundMessage mail,
    String reason) {}
