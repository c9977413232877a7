package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.answering.Standing;
import io.engage.core.receiving.Answer;
import io.engage.core.receiving.Plan;
import io.engage.core.receiving.Previews;
import io.engage.core.receiving.Refunding;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.document.Document;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes the automatic answers of a plan, so that they are committed with the conversations that
 * they belong to. One that cannot be composed keeps no mail out, and spends nobody's budget.
 */
final class AutomaticAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(AutomaticAnswers.class);

  private static final AuditFact BROKEN =
      new AuditFact.ConfirmationWithheld("no mail could be made of its template");

  private final Parts parts;

  AutomaticAnswers(Parts parts) {
    this.parts = parts;
  }

  /** What a plan comes to with its answers. */
  record Composed(
      List<Conversation> conversations,
      List<Message> messages,
      List<Document> documents,
      List<OutboxEntry> outbox,
      List<Occurrence> occurrences) {}

  Composed compose(Plan plan) {
    Instant now = parts.clock().instant();
    Map<ConversationId, Conversation> conversations = new LinkedHashMap<>();
    plan.conversations().forEach(each -> conversations.put(each.id(), each));
    List<Message> messages = new ArrayList<>(plan.messages());
    List<Answer> broken = new ArrayList<>();
    List<OutboxEntry> outbox = new ArrayList<>();
    List<Occurrence> occurrences = new ArrayList<>(plan.occurrences());
    for (Answer answer : plan.answers()) {
      Optional<byte[]> bytes = compose(answer);
      if (bytes.isEmpty()) {
        broken.add(answer);
        occurrences.add(new Occurrence(answer.of(), BROKEN));
        continue;
      }
      Conversation conversation = requireNonNull(conversations.get(answer.conversation()));
      Instant at = Standing.decide(conversation, now);
      Message message = message(answer, conversation, store(bytes.get()), at);
      conversations.put(conversation.id(), conversation.withMessage(at, false, Set.of()));
      messages.add(message);
      outbox.add(entry(answer, message, now));
      occurrences.add(
          new Occurrence(
              answer.of(), new AuditFact.Confirmed(answer.mail().messageId(), answer.reason())));
    }
    if (!outbox.isEmpty()) {
      parts.blobs().makeDurable();
    }
    return new Composed(
        List.copyOf(conversations.values()),
        messages,
        Refunding.decide(plan.documents(), broken),
        outbox,
        occurrences);
  }

  /** Empty when a template is such that no mail can be made of it. */
  private Optional<byte[]> compose(Answer answer) {
    try {
      return Optional.of(parts.mail().format().compose(answer.mail()));
    } catch (IOException | IllegalArgumentException | IllegalStateException broken) {
      LOG.warn(
          "Message '{}' could not be answered by itself",
          answer.of().message(),
          LoggedFailure.of(broken));
      return Optional.empty();
    }
  }

  private Blob store(byte[] bytes) {
    try {
      return parts.blobs().put(new ByteArrayInputStream(bytes));
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory can always be read", impossible);
    }
  }

  /** What cannot be delivered is returned to nobody, and nothing answers it (RFC 3834). */
  private OutboxEntry entry(Answer answer, Message message, Instant now) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        answer.account(),
        new OutboxTask.SendMail(
            message.id(),
            answer.mail().messageId(),
            null,
            List.copyOf(answer.mail().envelopeRecipients()),
            message.source()),
        now,
        0);
  }

  private Message message(Answer answer, Conversation conversation, Blob source, Instant now) {
    return new Message(
        MessageId.of(parts.ids().next()),
        answer.conversation(),
        answer.inbox(),
        Channel.EMAIL,
        Direction.OUTBOUND,
        MessageKind.AUTO_REPLY,
        TrustLevel.VERIFIED,
        headers(answer.mail()),
        null,
        Previews.of(answer.mail().text()),
        List.of(),
        source,
        now,
        new Message.State(true, Removal.NONE, conversation.historyOf(), null, Delivery.QUEUED),
        0);
  }

  private static MailHeaders headers(OutboundMessage mail) {
    return new MailHeaders(
        List.of(mail.from()),
        mail.to(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        mail.subject(),
        mail.date(),
        mail.messageId(),
        mail.inReplyTo(),
        mail.references());
  }
}
