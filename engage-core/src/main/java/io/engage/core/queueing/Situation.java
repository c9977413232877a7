package io.engage.core.queueing;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.Rotation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inbox just now: who waits, and who may be there for them.
 *
 * @param candidates in any order, each once; a member of whom nothing is told counts as offline,
 *     and whoever is no member is passed over. So only those who are online need be read
 * @param queue the beginning of the queue in its order, at least as much as {@linkplain
 *     Queueing#room room} is, where there is so much; empty while only the room is asked for
 * @param rotation where turns go on; null when nobody had one
 * @param inCallInboxes the inboxes with {@link io.engage.model.inbox.Eligibility#IN_CALL} in which
 *     a candidate has something: who handles something there is on break for all others
 */
public record Situation(
    Inbox inbox,
    Instant now,
    List<Candidate> candidates,
    List<Conversation> queue,
    @Nullable Rotation rotation,
    Set<InboxId> inCallInboxes) {
  public Situation {
    requireNonNull(inbox, "inbox");
    requireNonNull(now, "now");
    candidates = List.copyOf(candidates);
    queue = List.copyOf(queue);
    inCallInboxes = Set.copyOf(inCallInboxes);
  }

  /** The same with more, or less, of the queue. */
  public Situation withQueue(List<Conversation> newQueue) {
    return new Situation(inbox, now, candidates, newQueue, rotation, inCallInboxes);
  }

  /** Whoever is there. */
  public List<Agent> online() {
    return candidates.stream().map(each -> each.session().agent()).toList();
  }

  /** The same, these members not permitted to be offered anything. */
  public Situation refusing(Set<AgentId> refused) {
    return new Situation(
        inbox,
        now,
        candidates.stream()
            .map(each -> refused.contains(each.agent()) ? each.refused() : each)
            .toList(),
        queue,
        rotation,
        inCallInboxes);
  }

  InboxSettings settings() {
    return inbox.settings();
  }

  /** Why nothing of it is offered to anybody. */
  Optional<Obstacle> closed() {
    InboxSettings settings = settings();
    if (settings.strategy() == null) {
      return Optional.of(Obstacle.NO_STRATEGY);
    } else if (!settings.enabled()) {
      return Optional.of(Obstacle.SWITCHED_OFF);
    }
    return settings.schedule().isOpenAt(now) ? Optional.empty() : Optional.of(Obstacle.CLOSED);
  }

  /** Only where nothing is {@link #closed}. */
  Strategy strategy() {
    return requireNonNull(settings().strategy());
  }

  /** What is not backlog. */
  List<Conversation> offerable() {
    return queue.subList(0, Math.min(queue.size(), settings().limits().queued()));
  }
}
