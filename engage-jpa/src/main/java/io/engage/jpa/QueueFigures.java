package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.QueueStanding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many wait and work, counted along indexes that hold no others. */
final class QueueFigures {
  private static final Map<String, Channel> CHANNELS =
      Stream.of(Channel.values()).collect(Collectors.toMap(Channel::code, Function.identity()));

  private static final String LOADS =
      """
      select agent, inbox, channel, sum(active), sum(offered) from (
        select assignee as agent, inbox, channel, 1 as active, 0 as offered
        from engage_conversation where queue_state = 'active' and assignee = any (?)
        union all
        select offered_to, inbox, channel, 0, 1
        from engage_conversation where queue_state = 'offered' and offered_to = any (?)) as each_one
      group by agent, inbox, channel\
      """;

  private static final String STANDINGS =
      """
      select inbox, sum(queued), sum(offered), sum(active), min(waiting), min(taken) from (
        select inbox, 1 as queued, 0 as offered, 0 as active, waiting_since as waiting,
          cast(null as bigint) as taken
        from engage_conversation where queue_state = 'queued' and inbox = any (?)
        union all
        select inbox, 0, 1, 0, waiting_since, null
        from engage_conversation where queue_state = 'offered' and inbox = any (?)
        union all
        select inbox, 0, 0, 1, null, taken_at
        from engage_conversation where queue_state = 'active' and inbox = any (?)) as each_one
      group by inbox\
      """;

  private QueueFigures() {}

  static Map<AgentId, List<AgentLoad>> loads(Session session, Collection<AgentId> agents)
      throws SQLException {
    Collection<String> ids = agents.stream().map(AgentId::value).distinct().toList();
    Map<AgentId, List<AgentLoad>> loads = new HashMap<>();
    session.list(
        LOADS,
        row -> loads.computeIfAbsent(agent(row), any -> new ArrayList<>()).add(load(row)),
        ids,
        ids);
    return loads;
  }

  private static AgentId agent(ResultSet row) throws SQLException {
    return AgentId.of(Texts.text(row.getString(1)));
  }

  private static AgentLoad load(ResultSet row) throws SQLException {
    return new AgentLoad(
        InboxId.of(Texts.text(row.getString(2))),
        requireNonNull(CHANNELS.get(row.getString(3)), "channel"),
        row.getInt(4),
        row.getInt(5));
  }

  static Map<InboxId, QueueStanding> standings(Session session, Collection<InboxId> inboxes)
      throws SQLException {
    Collection<String> ids = inboxes.stream().map(InboxId::value).distinct().toList();
    Map<InboxId, QueueStanding> standings = new HashMap<>();
    session.list(
        STANDINGS,
        row -> standings.put(InboxId.of(Texts.text(row.getString(1))), standing(row)),
        ids,
        ids,
        ids);
    return standings;
  }

  private static QueueStanding standing(ResultSet row) throws SQLException {
    return new QueueStanding(
        row.getInt(2), row.getInt(3), row.getInt(4), moment(row, 5), moment(row, 6));
  }

  private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : Moments.from(nanos);
  }
}
