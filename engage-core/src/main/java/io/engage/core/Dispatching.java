package io.engage.core;

import io.engage.core.Composing.Composed;
import io.engage.core.Composing.Sheet;
import io.engage.core.answering.Standing;
import io.engage.core.receiving.Previews;
import io.engage.core.working.Unasking;
import io.engage.model.address.Address;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.Removal;
import io.engage.model.message.TrustLevel;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.writing.Draft;
import io.engage.model.writing.SentDraft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Commits what an agent wrote: the message, its place in the conversation, and the task to send it.
 */
final class Dispatching {
  private final Agent agent;
  private final Parts parts;
  private final BlobRemovals removals;

  Dispatching(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.removals = new BlobRemovals(parts);
  }

  /** The task to send a message for the first time; it can be withdrawn until somebody begins. */
  static OutboxId firstTry(MessageId message) {
    return OutboxId.of(message.value() + "/send");
  }

  /** Sends what was a draft: it can be taken back for as long as the host decided. */
  Message dispatchDraft(Sheet sheet, Composed composed) {
    Duration window = parts.writing().undoWindow();
    Message message = message(sheet, composed);
    InboxChange.Builder change = change(sheet, composed, message, window);
    change.drop(sheet.draft());
    if (!window.isZero()) {
      change.document(new SentDraft(message.id(), sheet.draft(), 0));
    }
    change.documents(removals.of(unneeded(sheet.draft(), window)));
    parts.committing().commit(change.build());
    return message.withVersion(1);
  }

  /** The mail has copies of the files; a draft that may come back has them still. */
  private Set<ContentDigest> unneeded(Draft sent, Duration window) {
    Set<ContentDigest> unneeded = new LinkedHashSet<>();
    parts.storage().drafts().find(sent.id()).stream()
        .flatMap(BlobRemovals::filesOf)
        .forEach(unneeded::add);
    BlobRemovals.filesOf(sent).forEach(window.isZero() ? unneeded::add : unneeded::remove);
    return unneeded;
  }

  /** Sends at once what was no draft. */
  Message dispatch(Sheet sheet, Composed composed) {
    Message message = message(sheet, composed);
    parts.committing().commit(change(sheet, composed, message, Duration.ZERO).build());
    return message.withVersion(1);
  }

  private InboxChange.Builder change(
      Sheet sheet, Composed composed, Message message, Duration window) {
    Conversation after = after(sheet, composed, message);
    List<Occurrence> facts = facts(sheet, composed.mail(), message);
    Unasking.decide(sheet.conversation(), after).ifPresent(facts::add);
    return InboxChange.builder()
        .conversations(List.of(after))
        .messages(List.of(message))
        .outbox(List.of(entry(sheet, composed, message, window)))
        .audit(parts.committing().stamp(Actor.agent(agent), facts));
  }

  /** An answer ends the customer's waiting as soon as it is committed. */
  private Conversation after(Sheet sheet, Composed composed, Message message) {
    Conversation with = withMessage(sheet.conversation(), composed.mail(), message);
    return Placing.isAnswer(sheet.draft())
        ? with.answered(agent.id(), parts.clock().instant())
        : with;
  }

  private Conversation withMessage(
      Conversation conversation, OutboundMessage mail, Message message) {
    Set<Address> people = new LinkedHashSet<>(mail.envelopeRecipients());
    mail.bcc().forEach(hidden -> people.remove(hidden.address()));
    return conversation
        .withMessage(message.at(), false, people)
        .withExchange(conversation.exchange().withNewest(agent.name(), message.preview()));
  }

  private static List<Occurrence> facts(Sheet sheet, OutboundMessage mail, Message message) {
    int recipients = mail.envelopeRecipients().size();
    AuditSubject subject = AuditSubject.of(message.inbox(), message.conversation(), message.id());
    Draft draft = sheet.draft();
    List<Occurrence> facts = new ArrayList<>();
    ConversationId parent = draft.conversation();
    if (Placing.isAnswer(draft)) {
      facts.add(new Occurrence(subject, new AuditFact.ReplyQueued(mail.messageId(), recipients)));
      return facts;
    }
    facts.add(new Occurrence(subject, new AuditFact.ConversationStarted(recipients)));
    if (parent != null) {
      facts.add(
          new Occurrence(
              new AuditSubject(message.inbox(), parent, draft.about()),
              new AuditFact.Forwarded(message.conversation(), recipients)));
    }
    return facts;
  }

  private OutboxEntry entry(Sheet sheet, Composed composed, Message message, Duration window) {
    OutboundMessage mail = composed.mail();
    return new OutboxEntry(
        firstTry(message.id()),
        sheet.inbox().account(),
        new OutboxTask.SendMail(
            message.id(),
            mail.messageId(),
            sheet.inbox().sender().address(),
            List.copyOf(mail.envelopeRecipients()),
            message.source()),
        parts.clock().instant().plus(window),
        0);
  }

  private static Instant writtenAt(Composed composed) {
    return composed.mail().date().toInstant();
  }

  private Message message(Sheet sheet, Composed composed) {
    Conversation conversation = sheet.conversation();
    Instant at = Standing.decide(conversation, writtenAt(composed));
    return new Message(
        MessageId.of(parts.ids().next()),
        conversation.id(),
        conversation.inbox(),
        Channel.EMAIL,
        Direction.OUTBOUND,
        MessageKind.PERSON,
        TrustLevel.VERIFIED,
        headers(composed.mail()),
        null,
        Previews.of(composed.written().text()),
        composed.read().attachments(),
        store(composed.bytes()),
        at,
        new Message.State(true, Removal.NONE, conversation.historyOf(), null, Delivery.QUEUED),
        0);
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
