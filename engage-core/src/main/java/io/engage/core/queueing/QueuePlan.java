package io.engage.core.queueing;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Rotation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shall be offered to whom.
 *
 * @param offers in the order in which they are to be committed: what a later one stores has the
 *     version that an earlier one gives it, as when each is a commit of its own. Where one commit
 *     holds several, it stores the last of each session and rotation with the version of the first.
 *     After a stale version all is void: read and decide again
 * @param hasRoom whether members could take more than the given beginning of the queue had for
 *     them: only then is it worth to read on
 */
public record QueuePlan(List<Planned> offers, boolean hasRoom) {
  /** Nothing is offered, and nobody would take more. */
  public static final QueuePlan NOTHING = new QueuePlan(List.of(), false);

  public QueuePlan {
    offers = List.copyOf(offers);
  }

  /**
   * One offer: everything that its commit stores.
   *
   * @param conversation as it is after the offer
   * @param session of whom it is offered to, one more served
   * @param rotation where turns go on; null where there are none, then the stored one stays
   */
  public record Planned(
      Conversation conversation, AgentSession session, @Nullable Rotation rotation) {
    public Planned {
      requireNonNull(conversation, "conversation");
      requireNonNull(session, "session");
    }

    public Agent to() {
      return session.agent();
    }

    public Offer offer() {
      return requireNonNull(conversation.state().service().offer());
    }
  }
}
