package io.engage.memory;

import io.engage.model.inbox.AgentId;
import io.engage.spi.Heartbeats;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Until when agents are there. */
final class HeartbeatTable implements Heartbeats {
  private final Guard guard;
  private final Map<AgentId, Instant> ends = new HashMap<>();

  HeartbeatTable(Guard guard) {
    this.guard = guard;
  }

  @Override
  public void beat(AgentId agent, Instant until) {
    guard.change(() -> ends.put(agent, until));
  }

  @Override
  public void forget(AgentId agent) {
    guard.change(() -> ends.remove(agent));
  }

  @Override
  public List<AgentId> silent(Instant now, int limit) {
    return guard.read(
        () ->
            ends.entrySet().stream()
                .filter(each -> !each.getValue().isAfter(now))
                .sorted(
                    Map.Entry.<AgentId, Instant>comparingByValue()
                        .thenComparing(
                            Map.Entry.comparingByKey(Comparator.comparing(AgentId::value))))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList());
  }
}
