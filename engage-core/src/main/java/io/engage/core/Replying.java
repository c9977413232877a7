package io.engage.core;

import io.engage.core.answering.Answering;
import io.engage.core.receiving.Previews;
import io.engage.model.address.Address;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.MailContent;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.Removal;
import io.engage.model.message.Reply;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commits an agent's answer: the message, its place in the conversation, and the task to send it.
 */
final class Replying {
  private static final int LOOKED_AT_ONCE = 50;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Opening opening;
  private final Answering answering;

  Replying(Agent agent, Parts parts, Permitting permitting, Opening opening) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
    this.opening = opening;
    this.answering = new Answering(parts.numbersInSubjects());
  }

  Outcome<Message> reply(MessageId id, Reply reply) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onMessage(
                    AgentAction.REPLY,
                    id,
                    (answered, conversation) -> reply(answered, conversation, reply)));
  }

  Outcome<Message> reply(ConversationId id, Reply reply) {
    return permitting.onConversation(
        AgentAction.READ,
        id,
        conversation ->
            newestToAnswer(id)
                .map(newest -> reply(newest.id(), reply))
                .orElseGet(() -> new Outcome.Refused<>("The conversation has no message")));
  }

  /**
   * What a person wrote comes before automatic mail and mail of our own, however much of that came
   * after it; a page of messages at a time is in memory.
   */
  private Optional<Message> newestToAnswer(ConversationId id) {
    Page.Request request = Page.Request.first(LOOKED_AT_ONCE);
    Page<Message> page = parts.storage().search().newestIn(id, request);
    Optional<Message> newest = page.items().stream().findFirst();
    Optional<Message> written = writtenByPerson(page);
    while (written.isEmpty() && page.next() != null) {
      page = parts.storage().search().newestIn(id, request.after(page.next()));
      written = writtenByPerson(page);
    }
    return written.or(() -> newest);
  }

  private static Optional<Message> writtenByPerson(Page<Message> page) {
    return page.items().stream()
        .filter(each -> each.direction() == Direction.INBOUND && each.kind().isFromPerson())
        .findFirst();
  }

  private Outcome<Message> reply(Message answered, Conversation conversation, Reply reply) {
    if (answered.channel() != Channel.EMAIL) {
      return new Outcome.Refused<>("This is a text message; a mail cannot answer it");
    }
    List<Inbox> ours = parts.storage().inboxes().inboxes();
    Inbox inbox = inbox(conversation, ours);
    Instant now = parts.clock().instant();
    RfcMessageId messageId =
        parts
            .tokens()
            .sign(conversation.id(), parts.ids().next(), inbox.sender().address().domain());
    Optional<OutboundMessage> mail =
        answering.decide(
            reply,
            answered,
            reply.withHistory() ? opening.read(answered).text() : "",
            inbox,
            ours,
            messageId,
            now.atOffset(ZoneOffset.UTC));
    return mail.isEmpty()
        ? new Outcome.Refused<>("Nobody would get this answer. Add a recipient.")
        : new Outcome.Done<>(commit(conversation, inbox, mail.get(), reply, now));
  }

  private Message commit(
      Conversation conversation, Inbox inbox, OutboundMessage mail, Reply reply, Instant now) {
    byte[] bytes = compose(mail);
    Blob source = store(bytes);
    Message message = message(conversation, mail, reply, bytes, source, now);
    Set<Address> people = new LinkedHashSet<>(mail.envelopeRecipients());
    mail.bcc().forEach(hidden -> people.remove(hidden.address()));
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(List.of(conversation.withMessage(now, false, people)))
                .messages(List.of(message))
                .outbox(List.of(entry(inbox, mail, message, now)))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            AuditSubject.of(inbox.id(), conversation.id(), message.id()),
                            new AuditFact.ReplyQueued(
                                mail.messageId(), mail.envelopeRecipients().size())))
                .build());
    return message.withVersion(1);
  }

  private static Inbox inbox(Conversation conversation, List<Inbox> inboxes) {
    return inboxes.stream()
        .filter(inbox -> inbox.id().equals(conversation.inbox()))
        .findFirst()
        .orElseThrow(() -> new NotFound("inbox", conversation.inbox().value()));
  }

  private byte[] compose(OutboundMessage mail) {
    try {
      return parts.mail().format().compose(mail);
    } catch (IOException unreadable) {
      throw new PortFailure(
          "An attachment of message '%s' could not be read. Attach it again."
              .formatted(mail.messageId()),
          false,
          unreadable);
    }
  }

  private Blob store(byte[] bytes) {
    try {
      Blob source = parts.blobs().put(new ByteArrayInputStream(bytes));
      parts.blobs().makeDurable();
      return source;
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory can always be read", impossible);
    }
  }

  private OutboxEntry entry(Inbox inbox, OutboundMessage mail, Message message, Instant now) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        inbox.account(),
        new OutboxTask.SendMail(
            message.id(),
            mail.messageId(),
            inbox.sender().address(),
            List.copyOf(mail.envelopeRecipients()),
            message.source()),
        now,
        0);
  }

  private Message message(
      Conversation conversation,
      OutboundMessage mail,
      Reply reply,
      byte[] bytes,
      Blob source,
      Instant now) {
    return new Message(
        MessageId.of(parts.ids().next()),
        conversation.id(),
        conversation.inbox(),
        Channel.EMAIL,
        Direction.OUTBOUND,
        MessageKind.PERSON,
        TrustLevel.VERIFIED,
        headers(mail),
        null,
        Previews.of(reply.text()),
        parsed(bytes).attachments(),
        source,
        now,
        new Message.State(
            true, Removal.NONE, conversation.state().customer(), null, Delivery.QUEUED),
        0);
  }

  private ParsedMail parsed(byte[] bytes) {
    try {
      return parts.mail().format().parse(MailContent.of(bytes));
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory can always be read", impossible);
    }
  }

  private static MailHeaders headers(OutboundMessage mail) {
    return new MailHeaders(
        List.of(mail.from()),
        mail.to(),
        mail.cc(),
        mail.bcc(),
        mail.replyTo(),
        List.of(),
        mail.subject(),
        mail.date(),
        mail.messageId(),
        mail.inReplyTo(),
        mail.references());
  }
}
