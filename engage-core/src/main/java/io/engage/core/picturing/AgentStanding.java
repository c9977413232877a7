package io.engage.core.picturing;

import io.engage.model.inbox.AgentId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store says of an agent.
 *
 * @param session null of somebody who was never there
 */
public record AgentStanding(AgentId agent, @Nullable AgentSession session, List<AgentLoad> loads) {
  public AgentStanding {
    loads = List.copyOf(loads);
  }
}
