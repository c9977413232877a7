package io.engage.core;

import io.engage.core.answering.Reanswering;
import io.engage.core.settling.Retrying;
import io.engage.core.settling.Retrying.Way;
import io.engage.core.working.Unasking;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.spi.NotFound;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Sends again what failed, because an agent wishes it. */
final class Resending {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Resending(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  /**
   * @param confirmed whether the agent knows that those who have it already would get it twice
   */
  Outcome<Message> retry(MessageId id, boolean confirmed) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onMessage(
                    AgentAction.REPLY,
                    id,
                    (message, conversation) -> retry(message, conversation, confirmed)));
  }

  private Outcome<Message> retry(Message message, Conversation conversation, boolean confirmed) {
    if (message.direction() != Direction.OUTBOUND || message.channel() != Channel.EMAIL) {
      return new Outcome.Refused<>(
          "Only mails of ours are sent again here; texts, at the desk for texts");
    }
    return switch (message.state().delivery()) {
      case FAILED -> new Outcome.Done<>(queueAgain(message, conversation, Delivery.QUEUED));
      case IN_DOUBT ->
          confirmed
              ? new Outcome.Done<>(
                  queueAgain(
                      message.withState(message.state().withUnreached(List.of())),
                      conversation,
                      Delivery.QUEUED))
              : new Outcome.Unconfirmed<>(
                  "Nobody knows whether it was sent. Whoever has it already would get it twice.");
      case QUEUED -> new Outcome.AlreadySo<>();
      case SENT ->
          message.state().unreached().isEmpty()
              ? new Outcome.Refused<>("It was sent")
              : new Outcome.Done<>(queueAgain(message, conversation, Delivery.SENT));
      case DELIVERED -> new Outcome.Refused<>("It was sent");
      case BOUNCED -> new Outcome.Refused<>("It came back. Write to another address.");
      case NONE, WITHDRAWN -> new Outcome.Refused<>("It was never sent");
    };
  }

  /** The same bytes under the same Message-ID, so that servers may recognise what they have. */
  private Message queueAgain(Message message, Conversation conversation, Delivery delivery) {
    List<Inbox> inboxes = parts.storage().inboxes().inboxes();
    Inbox inbox =
        inboxes.stream()
            .filter(each -> each.id().equals(conversation.inbox()))
            .findFirst()
            .orElseThrow(() -> new NotFound("inbox", conversation.inbox().value()));
    Way way = Retrying.decide(message, inbox, inboxes);
    Conversation after = answered(message, conversation);
    Message queued =
        message.withState(message.state().withDelivery(delivery).withUnreached(List.of()));
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(after.equals(conversation) ? List.of() : List.of(after))
                .messages(List.of(queued))
                .outbox(List.of(entry(message, way)))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            Stream.concat(
                                    Stream.of(retried(message, way)),
                                    Unasking.decide(conversation, after).stream())
                                .toList()))
                .build());
    return queued.withVersion(queued.version() + 1);
  }

  private static Occurrence retried(Message message, Way way) {
    return new Occurrence(
        AuditSubject.of(message.inbox(), message.conversation(), message.id()),
        new AuditFact.SendRetried(way.recipients().size()));
  }

  /** When it failed, whoever was to read it waited again. */
  private Conversation answered(Message message, Conversation conversation) {
    return message.state().delivery() == Delivery.FAILED
        ? Reanswering.decide(
            conversation,
            message,
            parts.storage().search().messagesIn(List.of(conversation.id())),
            agent.id(),
            parts.clock().instant())
        : conversation;
  }

  private OutboxEntry entry(Message message, Way way) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        way.account(),
        new OutboxTask.SendMail(
            message.id(),
            Objects.requireNonNull(message.headers().messageId(), "Message-ID of a mail of ours"),
            way.sender(),
            way.recipients(),
            message.source()),
        parts.clock().instant(),
        0);
  }
}
