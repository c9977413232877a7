package io.engage.core.picturing;

import io.engage.model.inbox.ServiceLevel;
import io.engage.model.queue.Colour;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.Threshold;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A figure beside its threshold: seconds, or how many.
 *
 * @param limit it is crossed above this
 */
record Gauge(Threshold threshold, long value, long limit) {
  /**
   * Cleared only a fifth below, and one at least, so that one who comes and one who goes do not
   * ring each time.
   */
  private static final int PART_BELOW = 5;

  static Gauge of(Threshold threshold, QueueStanding standing, ServiceLevel level, Instant now) {
    return switch (threshold) {
      case LONGEST_WAIT -> since(threshold, standing.longestWaiting(), level.longestWait(), now);
      case ABANDONED -> since(threshold, standing.longestWaiting(), level.abandonedAfter(), now);
      case LONGEST_HANDLING ->
          since(threshold, standing.longestActive(), level.longestHandling(), now);
      case MOST_WAITING ->
          new Gauge(threshold, (long) standing.queued() + standing.offered(), level.mostWaiting());
    };
  }

  private static Gauge since(
      Threshold threshold, @Nullable Instant since, Duration limit, Instant now) {
    long seconds = since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
    return new Gauge(threshold, seconds, limit.toSeconds());
  }

  boolean isCrossed() {
    return value > limit;
  }

  boolean isNear() {
    return value > limit - Math.max(1, limit / PART_BELOW);
  }

  Colour colour() {
    if (isCrossed()) {
      return Colour.RED;
    }
    return isNear() ? Colour.YELLOW : Colour.GREEN;
  }
}
