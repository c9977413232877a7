package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a conversation has come since it was opened, or opened again: the moments from which
 * waiting, answering and handling are counted. All in UTC.
 *
 * @param arrivedAt when it began to wait for the first time since it was opened; null when it never
 *     did, as one that an agent began
 * @param waitingSince since when the customer waits for somebody, which is its place in the queue;
 *     kept while it is offered and worked on, so that it goes back to its old place; null when the
 *     customer was answered
 * @param offer to whom it is offered; null while it is not
 * @param takenAt since when its assignee works on it; null while it has none
 * @param answeredAt when an agent answered for the first time since it was opened; null before
 * @param declined who did not want it, or did not answer, since it was last taken: each for {@link
 *     #REST}, however many they are, and longer as long as they are among the newest {@value
 *     #MOST_DECLINED}
 * @param handlers who has had it or answered in it since it was first opened, in order, each once,
 *     at most {@value #MOST_HANDLERS}
 */
public record Service(
    @Nullable Instant arrivedAt,
    @Nullable Instant waitingSince,
    @Nullable Offer offer,
    @Nullable Instant takenAt,
    @Nullable Instant answeredAt,
    List<Declined> declined,
    List<AgentId> handlers) {
  /** How many handlers are remembered; of more, the newest. */
  public static final int MOST_HANDLERS = 50;

  /** For how long whoever did not take it is not asked again. */
  public static final Duration REST = Duration.ofMinutes(10);

  /** How many refusals are remembered after they have ceased to count. */
  public static final int MOST_DECLINED = 20;

  /** Nobody waits and nobody works. */
  public static final Service NONE =
      new Service(null, null, null, null, null, List.of(), List.of());

  public Service {
    declined = List.copyOf(declined);
    handlers = List.copyOf(handlers);
  }

  /** That an agent did not take what was offered to them, and when, UTC. */
  public record Declined(AgentId agent, Instant at) {
    public Declined {
      requireNonNull(agent, "agent");
      requireNonNull(at, "at");
    }
  }

  /** A customer waits from then on. */
  public static Service arrived(Instant at) {
    return new Service(at, at, null, null, null, List.of(), List.of());
  }

  /**
   * It was opened again: all is counted anew, also since when its assignee works on it. Who had it
   * is remembered.
   *
   * @param waiting since when the customer waits; null when they do not
   */
  public Service again(@Nullable Instant waiting, Instant now) {
    return new Service(
        waiting, waiting, null, takenAt == null ? null : now, null, List.of(), handlers);
  }

  /** A customer waits, since then unless they did already. */
  public Service waiting(Instant at) {
    return new Service(
        arrivedAt == null ? at : arrivedAt,
        waitingSince == null ? at : waitingSince,
        offer,
        takenAt,
        answeredAt,
        declined,
        handlers);
  }

  public Service offered(Offer newOffer) {
    return new Service(arrivedAt, waitingSince, newOffer, takenAt, answeredAt, declined, handlers);
  }

  /** An agent did not take it: it goes back to its old place. */
  public Service declined(AgentId by, Instant at) {
    List<Declined> all = new ArrayList<>(declined);
    all.removeIf(each -> each.agent().equals(by));
    all.add(new Declined(by, at));
    int old = Math.max(0, all.size() - MOST_DECLINED);
    all.subList(0, old).removeIf(each -> !each.at().plus(REST).isAfter(at));
    return new Service(arrivedAt, waitingSince, null, takenAt, answeredAt, all, handlers);
  }

  /** The offer is over; the place in the queue stays. */
  public Service withoutOffer() {
    return new Service(arrivedAt, waitingSince, null, takenAt, answeredAt, declined, handlers);
  }

  /** An agent works on it from then on. */
  public Service taken(AgentId by, Instant at) {
    return new Service(arrivedAt, waitingSince, null, at, answeredAt, List.of(), handlersWith(by));
  }

  private List<AgentId> handlersWith(AgentId newest) {
    List<AgentId> all = new ArrayList<>(handlers);
    all.remove(newest);
    all.add(newest);
    return all.subList(Math.max(0, all.size() - MOST_HANDLERS), all.size());
  }

  /** Nobody works on it any more: it waits, at its old place when the customer was waiting. */
  public Service givenBack(Instant at) {
    Service waiting = waiting(at);
    return new Service(
        waiting.arrivedAt, waiting.waitingSince, null, null, answeredAt, declined, handlers);
  }

  /** Nobody works on it any more, which makes nobody wait. */
  public Service left() {
    return new Service(arrivedAt, waitingSince, null, null, answeredAt, declined, handlers);
  }

  /**
   * An agent has answered, whether they had it or not: the customer waits no longer. What they
   * write to somebody who never asked answers nothing.
   */
  public Service answered(AgentId by, Instant at) {
    return new Service(
        arrivedAt,
        null,
        null,
        takenAt,
        answeredAt == null && arrivedAt != null ? at : answeredAt,
        declined,
        handlersWith(by));
  }

  /**
   * An answer was taken back before it went.
   *
   * @param waiting since when the customer waits without it; null when they do not
   * @param answered when an agent answered first without it; null when none did
   */
  public Service unanswered(@Nullable Instant waiting, @Nullable Instant answered) {
    return new Service(arrivedAt, waiting, offer, takenAt, answered, declined, handlers);
  }

  /** Nobody waits any more, and nobody is asked. */
  public Service over() {
    return new Service(arrivedAt, null, null, takenAt, answeredAt, declined, handlers);
  }
}
