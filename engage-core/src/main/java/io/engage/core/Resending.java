package io.engage.core;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
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
                    (message, conversation) -> retry(message, conversation.inbox(), confirmed)));
  }

  private Outcome<Message> retry(Message message, InboxId inbox, boolean confirmed) {
    if (message.direction() != Direction.OUTBOUND || message.channel() != Channel.EMAIL) {
      return new Outcome.Refused<>("Only mails of ours can be sent again");
    }
    return switch (message.state().delivery()) {
      case FAILED -> new Outcome.Done<>(queueAgain(message, inbox));
      case IN_DOUBT ->
          confirmed
              ? new Outcome.Done<>(queueAgain(message, inbox))
              : new Outcome.Unconfirmed<>(
                  "Nobody knows whether it was sent. Whoever has it already would get it twice.");
      case QUEUED -> new Outcome.AlreadySo<>();
      case SENT, DELIVERED -> new Outcome.Refused<>("It was sent");
      case BOUNCED -> new Outcome.Refused<>("It came back. Write to another address.");
      case NONE, WITHDRAWN -> new Outcome.Refused<>("It was never sent");
    };
  }

  /** The same bytes under the same Message-ID, so that servers may recognise what they have. */
  private Message queueAgain(Message message, InboxId inboxId) {
    Inbox inbox =
        parts.storage().inboxes().inboxes().stream()
            .filter(each -> each.id().equals(inboxId))
            .findFirst()
            .orElseThrow(() -> new NotFound("inbox", inboxId.value()));
    Message queued = message.withState(message.state().withDelivery(Delivery.QUEUED));
    List<EmailAddress> everybody = everybodyOf(message);
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .messages(List.of(queued))
                .outbox(List.of(entry(message, inbox, everybody)))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            AuditSubject.of(message.inbox(), message.conversation(), message.id()),
                            new AuditFact.SendRetried(everybody.size())))
                .build());
    return queued.withVersion(queued.version() + 1);
  }

  /** Who failed, failed for all: what some have counts as sent. */
  private static List<EmailAddress> everybodyOf(Message message) {
    return Stream.of(message.headers().to(), message.headers().cc(), message.headers().bcc())
        .flatMap(List::stream)
        .map(NamedAddress::address)
        .distinct()
        .toList();
  }

  private OutboxEntry entry(Message message, Inbox inbox, List<EmailAddress> everybody) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        inbox.account(),
        new OutboxTask.SendMail(
            message.id(),
            Objects.requireNonNull(message.headers().messageId(), "Message-ID of a mail of ours"),
            inbox.sender().address(),
            everybody,
            message.source()),
        parts.clock().instant(),
        0);
  }
}
