package io.engage.core.picturing;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one agent does in all inboxes.
 *
 * @param session null of somebody who was never there
 * @param since when their state last changed; null of somebody who was never there
 */
record AgentBoard(
    AgentId agent, @Nullable AgentSession session, Set<Channel> channels, @Nullable Instant since) {

  /**
   * When nobody looked before: what they have in hand and what they completed says since when.
   *
   * @param rows what is known of them
   */
  static AgentBoard first(AgentStanding standing, List<Row> rows) {
    Set<Channel> channels = channels(standing.loads());
    AgentSession session = standing.session();
    Instant since = session == null ? null : session.since();
    return new AgentBoard(
        standing.agent(),
        session,
        channels,
        since == null ? null : later(since, Stretch.begin(rows, !channels.isEmpty())));
  }

  /**
   * As it is since then.
   *
   * @param at when something of them changed
   */
  AgentBoard next(AgentStanding standing, Instant at) {
    AgentBoard next = new AgentBoard(agent, standing.session(), channels(standing.loads()), since);
    return next.state() == state() && isOnSameBreak(next)
        ? next
        : new AgentBoard(agent, next.session, next.channels, at);
  }

  private boolean isOnSameBreak(AgentBoard other) {
    String mine = pause();
    return mine == null ? other.pause() == null : mine.equals(other.pause());
  }

  private static Set<Channel> channels(List<AgentLoad> loads) {
    return loads.stream()
        .filter(each -> each.active() > 0)
        .map(AgentLoad::channel)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }

  AgentState state() {
    return AgentState.of(session, !channels.isEmpty());
  }

  @Nullable String pause() {
    return session == null || !session.online() ? null : session.pause();
  }

  AgentPicture picture(Tally here, CallState call) {
    return new AgentPicture(
        agent,
        session == null ? agent.value() : session.agent().name(),
        state(),
        since,
        pause(),
        call,
        channels,
        here.active(),
        here.offered(),
        here.completedIn(),
        here.completedOut());
  }
}
