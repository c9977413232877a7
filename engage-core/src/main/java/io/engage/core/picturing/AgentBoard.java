package io.engage.core.picturing;

import io.engage.model.inbox.CallState;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.AgentSession;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one agent does in all inboxes.
 *
 * @param since when their state last changed; null of somebody who was never there
 */
record AgentBoard(AgentStanding standing, @Nullable Instant since) {

  /**
   * When nobody looked before: what they have in hand and what they completed says since when.
   *
   * @param rows what is known of them
   */
  static AgentBoard first(AgentStanding standing, List<Row> rows) {
    AgentSession session = standing.session();
    Instant since = session == null ? null : session.since();
    return new AgentBoard(
        standing,
        since == null ? null : later(since, Stretch.begin(rows, !standing.channels().isEmpty())));
  }

  /**
   * As it is since then.
   *
   * @param at when something of them changed
   */
  AgentBoard next(AgentStanding next, Instant at) {
    boolean isSame =
        next.state() == standing.state() && Objects.equals(next.pause(), standing.pause());
    return new AgentBoard(next, isSame ? since : at);
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }

  AgentPicture picture(Tally here, CallState call) {
    AgentSession session = standing.session();
    return new AgentPicture(
        standing.agent(),
        session == null ? standing.agent().value() : session.agent().name(),
        standing.state(),
        since,
        standing.pause(),
        call,
        standing.channels(),
        here.active(),
        here.offered(),
        here.completedIn(),
        here.completedOut());
  }
}
