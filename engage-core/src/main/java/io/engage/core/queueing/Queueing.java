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
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides who is offered what: whoever waits longest, within the lowest priority number, is offered
 * to a member who is {@linkplain io.engage.model.inbox.Eligibility eligible}, chosen as the
 * {@linkplain io.engage.model.inbox.Distribution distribution} says.
 *
 * <p>Nobody with room is left without while somebody waits whom they have not declined lately, and
 * nobody is offered before another of the same priority who waits longer, unless that one was
 * declined lately by everybody who had room. So the wait of the oldest has a bound: the work that
 * was there before it, done by those who are there.
 */
public final class Queueing {
  /** How long a member is not asked again about what they did not take. */
  public static final Duration REST = Service.REST;

  private static final Comparator<Conversation> OLDEST =
      Comparator.comparing(Queueing::waitingSince).thenComparing(each -> each.inbox().value());

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
                .anyMatch(first -> obstacle(situation, first, agent).isEmpty());
    return mayPick ? situation.offerable() : List.of();
  }

  /** Why a member is not offered this conversation, or may not pick it; empty when they may. */
  public static Optional<Obstacle> obstacle(
      Situation situation, Conversation conversation, AgentId agent) {
    return situation.settings().members().stream().anyMatch(each -> each.agent().equals(agent))
        ? Optional.ofNullable(explain(situation, conversation).get(agent))
        : Optional.of(Obstacle.NOT_A_MEMBER);
  }

  /**
   * Why each member, in their order, is not offered this conversation, as if it were the first in
   * the queue. Whoever is left out is offered it next; where chance decides, everybody is left out
   * who may be drawn, and where members pick, everybody who may.
   *
   * @param situation with a queue as long as its limit, where backlog is to be told apart
   */
  public static Map<AgentId, Obstacle> explain(Situation situation, Conversation conversation) {
    return new Explaining(situation, conversation).decide();
  }

  /**
   * In which order inboxes that share members are drained, so that none of them gets everybody and
   * another one nobody: the one whose first in the queue waits longest comes first. Their
   * priorities say nothing about each other.
   *
   * @param heads the first in the queue of each
   */
  public static List<InboxId> order(Collection<Conversation> heads) {
    return heads.stream().sorted(OLDEST).map(Conversation::inbox).distinct().toList();
  }

  private static Instant waitingSince(Conversation conversation) {
    return Objects.requireNonNullElse(conversation.state().service().waitingSince(), Instant.MAX);
  }
}
