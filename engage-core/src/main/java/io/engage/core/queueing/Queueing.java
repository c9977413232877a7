package io.engage.core.queueing;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides who is offered what: whoever has the earliest {@linkplain Conversation.State#findPlace
 * place}, which is the longest wait within one priority, is offered to a member who is {@linkplain
 * io.engage.model.inbox.Eligibility eligible}, chosen as the {@linkplain
 * io.engage.model.inbox.Distribution distribution} says.
 *
 * <p>Nobody with room is left without while somebody waits whom they have not declined lately, and
 * nobody is offered before another with an earlier place, unless that one was declined lately by
 * everybody who had room. So each wait has a bound, whatever the priority: the work that was there
 * before it, and that which came within the difference of their priorities, done by those who are
 * there.
 */
public final class Queueing {
  /** How long a member is not asked again about what they did not take. */
  public static final Duration REST = Service.REST;

  private static final Comparator<Conversation> NEXT =
      Comparator.comparing(Queueing::place).thenComparing(each -> each.inbox().value());

  private static final Comparator<Conversation> QUEUE =
      Comparator.comparing(Queueing::place).thenComparing(each -> each.id().value());

  private Queueing() {}

  /**
   * What to offer to whom. Nothing where members {@linkplain
   * io.engage.model.inbox.Eligibility#isPicked pick}.
   *
   * @param random for those distributions in which chance decides
   */
  public static QueuePlan decide(Situation situation, RandomGenerator random) {
    return isOffering(situation) ? new Seating(situation, random).plan() : QueuePlan.NOTHING;
  }

  /** How many could be offered now if enough waited: so much of the queue is worth reading. */
  public static int room(Situation situation) {
    return isOffering(situation)
        ? (int) Math.min(Integer.MAX_VALUE, new Seating(situation, Explaining.NO_CHANCE).room())
        : 0;
  }

  /** Who could be offered something now. */
  public static List<Agent> askable(Situation situation) {
    return isOffering(situation)
        ? new Seating(situation, Explaining.NO_CHANCE).agents()
        : List.of();
  }

  private static boolean isOffering(Situation situation) {
    return situation.closed().isEmpty() && !situation.strategy().eligibility().isPicked();
  }

  /** What a member may pick of the given beginning of the queue, where members pick. */
  public static List<Conversation> pickable(Situation situation, AgentId agent) {
    boolean mayPick =
        situation.closed().isEmpty()
            && situation.strategy().eligibility().isPicked()
            && situation.offerable().stream()
                .limit(1)
                .anyMatch(first -> obstacle(situation, first, false, agent).isEmpty());
    return mayPick ? situation.offerable() : List.of();
  }

  /** Why a member is not offered this conversation, or may not pick it; empty when they may. */
  public static Optional<Obstacle> obstacle(
      Situation situation, Conversation conversation, boolean isBacklog, AgentId agent) {
    return situation.settings().members().stream().anyMatch(each -> each.agent().equals(agent))
        ? Optional.ofNullable(explain(situation, conversation, isBacklog).get(agent))
        : Optional.of(Obstacle.NOT_A_MEMBER);
  }

  /**
   * Why each member, in their order, is not offered this conversation, as if it were the first in
   * the queue. Whoever is left out is offered it next; where chance decides, everybody is left out
   * who may be drawn, and where members pick, everybody who may.
   *
   * @param situation of the queue nothing need be known
   */
  public static Map<AgentId, Obstacle> explain(
      Situation situation, Conversation conversation, boolean isBacklog) {
    return new Explaining(situation, conversation, isBacklog).decide();
  }

  /**
   * Whether a queued conversation stands past the limit of its queue.
   *
   * @param first what stands at the first place past it
   */
  public static boolean isBacklog(Conversation conversation, Conversation first) {
    return QUEUE.compare(conversation, first) >= 0;
  }

  /**
   * In which order inboxes that share members are drained, so that none of them gets everybody and
   * another one nobody: the one whose first in the queue has the earliest place comes first. Who
   * comes late enough has a later one, so each comes to be the first.
   *
   * @param heads the first in the queue of each
   */
  public static List<InboxId> order(Collection<Conversation> heads) {
    return heads.stream().sorted(NEXT).map(Conversation::inbox).distinct().toList();
  }

  private static Instant place(Conversation conversation) {
    return conversation.state().findPlace().orElse(Instant.MAX);
  }
}
