package io.engage.jpa;

import io.engage.model.inbox.AgentId;
import io.engage.spi.Heartbeats;
import java.time.Instant;
import java.util.List;

/** One row for each agent who is there. */
final class HeartbeatTable implements Heartbeats {
  private final Database database;

  HeartbeatTable(Database database) {
    this.database = database;
  }

  @Override
  public void beat(AgentId agent, Instant until) {
    database.change(
        session -> {
          session.put("engage_heartbeat", 1, List.of("agent", "ends_at"), agent.value(), until);
          return agent;
        });
  }

  @Override
  public boolean isSilent(AgentId agent, Instant now) {
    return database.ask(
        session ->
            !session
                .list(
                    "select 1 from engage_heartbeat where agent = ? and ends_at <= ?",
                    row -> row.getInt(1),
                    agent.value(),
                    now)
                .isEmpty());
  }

  @Override
  public void forget(AgentId agent, Instant now) {
    database.change(
        session ->
            session.update(
                "delete from engage_heartbeat where agent = ? and ends_at <= ?",
                agent.value(),
                now));
  }

  @Override
  public List<AgentId> silent(Instant now, int limit) {
    return database.ask(
        session ->
            session.list(
                """
                select agent from engage_heartbeat
                where ends_at <= ? order by ends_at, agent limit ?\
                """,
                row -> AgentId.of(Texts.text(row.getString(1))),
                now,
                limit));
  }
}
