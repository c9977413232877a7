package io.engage.core.attending;

import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.Strategy.Away;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what becomes of a conversation whose customer waits for somebody who is away: by the
 * strategy of its inbox it goes back to its old place in the queue, so that somebody else gets it.
 * That holds for whoever has it, be it by a rule, by hand or by an offer.
 */
public final class Absence {
  /** How long whoever begins with the opening of an inbox has to sign in, at most. */
  private static final Duration ARRIVAL = Duration.ofMinutes(10);

  private Absence() {}

  /** The conversation as it waits in the queue, and what the trail says. */
  public record Requeued(Conversation conversation, AuditFact fact) {}

  /**
   * Empty when it stays with whoever has it. Nothing is taken from anybody while the inbox is
   * closed: nobody else would get it.
   *
   * @param session of the assignee; that of {@linkplain AgentSession#never somebody who was never
   *     there} counts too
   */
  public static Optional<Requeued> decide(
      Conversation conversation, AgentSession session, InboxSettings settings, Instant now) {
    Strategy strategy = settings.strategy();
    Optional<String> reason = whyAway(session);
    if (strategy == null
        || !mayRequeue(settings, now)
        || reason.isEmpty()
        || !isWaitingFor(session.agent().id(), conversation)
        || isShort(conversation.state().service(), session, strategy, now)) {
      return Optional.empty();
    }
    return Optional.of(
        new Requeued(
            conversation.givenBack(now),
            new AuditFact.Requeued(session.agent().id(), reason.get())));
  }

  /** Whether anything goes back in an inbox now, whoever has it. */
  public static boolean mayRequeue(InboxSettings settings, Instant now) {
    Strategy strategy = settings.strategy();
    return strategy != null && strategy.away() == Away.QUEUES && isOpen(settings, strategy, now);
  }

  /** Empty for somebody who is there. */
  public static Optional<String> whyAway(AgentSession session) {
    if (session.begun() == null) {
      return Optional.of("never signed in");
    } else if (!session.online()) {
      return Optional.of("signed out");
    }
    return session.isOnBreak() ? Optional.of("on break") : Optional.empty();
  }

  private static boolean isWaitingFor(AgentId agent, Conversation conversation) {
    return conversation.queueState() == QueueState.ACTIVE
        && conversation.countsInQueues()
        && conversation.state().service().waitingSince() != null
        && agent.equals(conversation.state().assignee());
  }

  private static boolean isOpen(InboxSettings settings, Strategy strategy, Instant now) {
    Duration arrival = strategy.absence().compareTo(ARRIVAL) < 0 ? strategy.absence() : ARRIVAL;
    return settings.enabled()
        && settings.schedule().isOpenAt(now)
        && settings.schedule().isOpenAt(now.minus(arrival));
  }

  /** Whether the customer has waited for less than that for them while they were away. */
  private static boolean isShort(
      Service service, AgentSession session, Strategy strategy, Instant now) {
    return Stream.of(service.waitingSince(), service.takenAt(), session.since())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .filter(since -> Duration.between(since, now).compareTo(strategy.absence()) < 0)
        .isPresent();
  }
}
