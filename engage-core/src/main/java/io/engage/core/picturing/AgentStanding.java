package io.engage.core.picturing;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the store says of an agent.
 *
 * @param session null of somebody who was never there
 * @param handling whether they work in an inbox where whoever does so is on break
 */
public record AgentStanding(
    AgentId agent, @Nullable AgentSession session, List<AgentLoad> loads, boolean handling) {
  public AgentStanding {
    loads = List.copyOf(loads);
  }

  /**
   * @param inCall the inboxes in which whoever works on something is on break by it
   */
  public static AgentStanding decide(
      AgentId agent, @Nullable AgentSession session, List<AgentLoad> loads, Set<InboxId> inCall) {
    boolean handling =
        loads.stream().anyMatch(each -> each.active() > 0 && inCall.contains(each.inbox()));
    return new AgentStanding(agent, session, loads, handling);
  }

  /** What they do, in all inboxes together. */
  public AgentState state() {
    AgentState state = AgentState.of(session, !channels().isEmpty());
    return handling && state == AgentState.BUSY ? AgentState.BUSY_ON_BREAK : state;
  }

  /** The type of their break; null while they are on none. */
  public @Nullable String pause() {
    if (session == null || !session.online()) {
      return null;
    }
    return session.pause() == null && handling ? AgentSession.HANDLING : session.pause();
  }

  Set<Channel> channels() {
    return loads.stream()
        .filter(each -> each.active() > 0)
        .map(AgentLoad::channel)
        .collect(Collectors.toUnmodifiableSet());
  }
}
