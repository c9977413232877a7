package io.engage.memory;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.spi.AgentDirectory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Remembers agents by name. Any thread may use it, many at once. */
public final class InMemoryAgentDirectory implements AgentDirectory {
  private final Map<AgentId, Agent> byId =
      new ConcurrentSkipListMap<>(Comparator.comparing(AgentId::value));

  private InMemoryAgentDirectory() {}

  /** Knows nobody yet. */
  public static InMemoryAgentDirectory create() {
    return new InMemoryAgentDirectory();
  }

  /** Adds an agent, or replaces the one with that id, and returns this directory. */
  public InMemoryAgentDirectory with(Agent agent) {
    byId.put(agent.id(), agent);
    return this;
  }

  @Override
  public List<Agent> search(String words, int limit) {
    String wanted = words.strip();
    if (wanted.isEmpty()) {
      return List.of();
    }
    return byId.values().stream()
        .filter(agent -> Text.contains(agent.name(), wanted))
        .sorted(Comparator.comparing(agent -> !Text.startsWith(agent.name(), wanted)))
        .limit(limit)
        .toList();
  }
}
