package io.engage.core.queueing;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Member;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.QueueState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what keeps each member from a conversation. */
final class Explaining {
  /** For what asks nobody by chance. */
  static final RandomGenerator NO_CHANCE = () -> 0;

  private final Situation situation;
  private final Conversation conversation;
  private final boolean isBacklog;

  Explaining(Situation situation, Conversation conversation, boolean isBacklog) {
    this.situation = situation;
    this.conversation = conversation;
    this.isBacklog = isBacklog;
  }

  /** By member, in their order; whom nothing keeps is left out. */
  Map<AgentId, Obstacle> decide() {
    Obstacle ofAll = ofAll();
    Map<AgentId, Obstacle> obstacles = new LinkedHashMap<>();
    if (ofAll == null) {
      addOfEach(obstacles);
    } else {
      situation.settings().members().forEach(each -> obstacles.put(each.agent(), ofAll));
    }
    return obstacles;
  }

  private @Nullable Obstacle ofAll() {
    if (conversation.queueState() != QueueState.QUEUED) {
      return Obstacle.NOT_QUEUED;
    }
    return situation.closed().orElse(isBacklog ? Obstacle.BACKLOG : null);
  }

  private void addOfEach(Map<AgentId, Obstacle> obstacles) {
    Map<AgentId, Candidate> candidates =
        situation.candidates().stream().collect(toMap(Candidate::agent, identity()));
    Eligible eligible = new Eligible(situation);
    Set<AgentId> declined = Refusals.decide(conversation, situation.now());
    boolean isPicked = situation.strategy().eligibility().isPicked();
    Set<AgentId> next =
        isPicked ? Set.of() : new Seating(situation, NO_CHANCE).nextFor(conversation);
    for (Member member : situation.settings().members()) {
      AgentId agent = member.agent();
      Candidate candidate = candidates.get(agent);
      Obstacle own = candidate == null ? Obstacle.OFFLINE : eligible.decide(candidate);
      if (own != null) {
        obstacles.put(agent, own);
      } else if (!isPicked && !next.contains(agent)) {
        obstacles.put(
            agent, declined.contains(agent) ? Obstacle.DECLINED : Obstacle.NOT_THEIR_TURN);
      }
    }
  }
}
