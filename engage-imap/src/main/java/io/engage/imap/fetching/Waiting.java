package io.engage.imap.fetching;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How news is waited for.
 *
 * @param pollEvery how often a server is asked that cannot tell of new mail by itself
 * @param idleAnew after how long one that can is told anew to do so (IDLE, RFC 2177)
 */
public record Waiting(Duration pollEvery, Duration idleAnew) {
  /** Servers end an IDLE after 29 minutes, and a mail may be on its way just then. */
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(28);

  public static final Waiting USUAL = new Waiting(Duration.ofSeconds(30), Duration.ofMinutes(4));

  public Waiting {
    requireNonNull(pollEvery, "pollEvery");
    requireNonNull(idleAnew, "idleAnew");
    if (pollEvery.isNegative() || pollEvery.isZero()) {
      throw new IllegalArgumentException("Polling needs a pause, but it is " + pollEvery);
    }
    if (idleAnew.isNegative() || idleAnew.isZero() || idleAnew.compareTo(LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException(
          "An IDLE lasts more than nothing and at most %s, but it is to last %s"
              .formatted(LONGEST_IDLE, idleAnew));
    }
  }

  public Waiting withPollEvery(Duration time) {
    return new Waiting(time, idleAnew);
  }

  public Waiting withIdleAnew(Duration time) {
    return new Waiting(pollEvery, time);
  }
}
