package io.engage.memory;

import io.engage.model.conversation.Page.Mark;
import io.engage.model.inbox.AgentId;
import io.engage.spi.Heartbeats;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Until when agents are there, by agent and in order of time. */
final class HeartbeatTable implements Heartbeats {
  private final Guard guard;
  private final Map<AgentId, Instant> ends = new HashMap<>();
  private final Timeline<AgentId> byEnd = Timeline.oldestFirst();

  HeartbeatTable(Guard guard) {
    this.guard = guard;
  }

  @Override
  public void beat(AgentId agent, Instant until) {
    guard.change(
        () -> {
          remove(agent);
          ends.put(agent, until);
          byEnd.put(new Mark(until, agent.value()), agent);
        });
  }

  @Override
  public boolean isSilent(AgentId agent, Instant now) {
    return guard.read(() -> isOver(agent, now));
  }

  @Override
  public void forget(AgentId agent, Instant now) {
    guard.change(
        () -> {
          if (isOver(agent, now)) {
            remove(agent);
          }
        });
  }

  @Override
  public List<AgentId> silent(Instant now, int limit) {
    return guard.read(
        () -> byEnd.all().stream().takeWhile(agent -> isOver(agent, now)).limit(limit).toList());
  }

  private boolean isOver(AgentId agent, Instant now) {
    Instant end = ends.get(agent);
    return end != null && !end.isAfter(now);
  }

  private void remove(AgentId agent) {
    Instant end = ends.remove(agent);
    if (end != null) {
      byEnd.remove(new Mark(end, agent.value()));
    }
  }
}
