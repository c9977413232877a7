package io.engage.core;

import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.PortFailure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides how long to leave a mail server alone after a failure: longer each time, spread so that
 * many nodes do not come back at the same moment, and never shorter than the server asks for.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration FIRST_WHEN_BUSY = Duration.ofSeconds(20);
  private static final Duration LONGEST_WHEN_BUSY = Duration.ofMinutes(30);
  private static final int MOST_DOUBLINGS = 20;

  private Backoff() {}

  /**
   * @param failures in a row, this one included
   */
  static Duration decide(int failures, Throwable failed, RandomGenerator random) {
    if (failed instanceof MailAccessFailure failure && failure.retryAfter().isPresent()) {
      Duration asked = failure.retryAfter().get();
      return asked.plusMillis(random.nextLong(asked.toMillis() / 4 + FIRST.toMillis()));
    }
    Duration most = most(failures, failed);
    return Duration.ofMillis(most.toMillis() / 2 + random.nextLong(most.toMillis() / 2 + 1));
  }

  private static Duration most(int failures, Throwable failed) {
    if (failed instanceof PortFailure failure && !failure.isRetryable()) {
      return LONGEST;
    }
    boolean busy = failed instanceof MailAccessFailure failure && failure.reason() == Reason.BUSY;
    return busy
        ? doubled(FIRST_WHEN_BUSY, failures, LONGEST_WHEN_BUSY)
        : doubled(FIRST, failures, LONGEST);
  }

  private static Duration doubled(Duration first, int failures, Duration longest) {
    Duration doubled =
        first.multipliedBy(1L << Math.min(Math.max(0, failures - 1), MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
