package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Job;
import io.engage.core.Stop;
import io.engage.model.campaign.CampaignId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Dials over one of the connections of a campaign, counted from 0 over all nodes, until there is
 * nothing to do for a while.
 */
final class DialJob implements Job {
  private static final Duration LINE_KEPT = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final CampaignId campaign;
  private final int connection;
  private final Foundation foundation;
  private final Turns turns;

  DialJob(CampaignId campaign, int connection, Foundation foundation, Turns turns) {
    this.campaign = campaign;
    this.connection = connection;
    this.foundation = foundation;
    this.turns = turns;
  }

  @Override
  public String name() {
    return "campaign:%s:%d".formatted(campaign.value(), connection);
  }

  /** What agents change meanwhile, such as its end, is seen at the next turn. */
  @Override
  public Instant run(Stop stop) {
    try (Line line = new Line(foundation)) {
      Turn turn = turns.take(campaign, line, () -> !stop.hasCome());
      while (goesOn(turn, stop)) {
        turn = turns.take(campaign, line, () -> !stop.hasCome());
      }
      return turn instanceof Turn.Waits waits ? soonest(waits.until()) : now();
    }
  }

  /** A short pause is no reason to give up a connection. */
  private boolean goesOn(Turn turn, Stop stop) {
    if (turn instanceof Turn.Waits waits) {
      Duration pause = Duration.between(now(), waits.until());
      return pause.compareTo(LINE_KEPT) <= 0
          && !stop.comesWithin(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
    }
    return turn instanceof Turn.Worked && !stop.hasCome();
  }

  private Instant soonest(Instant until) {
    Instant soon = now().plus(LONGEST_PAUSE);
    return until.isBefore(soon) ? until : soon;
  }

  private Instant now() {
    return foundation.clock().instant();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DialJob job
        && job.campaign.equals(campaign)
        && job.connection == connection;
  }

  @Override
  public int hashCode() {
    return campaign.hashCode() + connection;
  }
}
