package io.engage.memory;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.spi.Presence;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is on the phone, as it was told last. */
public final class InMemoryPresence implements Presence {
  private final Map<AgentId, CallState> states = new ConcurrentHashMap<>();

  private InMemoryPresence() {}

  /** Nobody is on the phone yet. */
  public static InMemoryPresence create() {
    return new InMemoryPresence();
  }

  /** Sets an agent's state, and returns this. */
  public InMemoryPresence with(AgentId agent, CallState state) {
    states.put(agent, state);
    return this;
  }

  @Override
  public Map<AgentId, CallState> callStates(Collection<AgentId> agents) {
    Map<AgentId, CallState> all = new HashMap<>();
    for (AgentId agent : agents) {
      all.put(agent, states.getOrDefault(agent, CallState.NO_CALL));
    }
    return all;
  }
}
