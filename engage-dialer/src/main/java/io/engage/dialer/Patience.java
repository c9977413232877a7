package io.engage.dialer;

import io.engage.spi.PortFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries again what must not be lost while the store is away, ever more slowly, for as long as that
 * makes sense, and at least for a moment.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration AT_LEAST = Duration.ofSeconds(1);

  private final Clock clock;
  private final Consumer<Duration> waiting;

  Patience(Clock clock, Consumer<Duration> waiting) {
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * @param until it is not tried again after this moment
   * @throws PortFailure the last one, or one after which trying again is no use
   */
  <T> T keep(Instant until, Supplier<T> work) {
    Instant now = clock.instant();
    Instant end = until.isAfter(now.plus(AT_LEAST)) ? until : now.plus(AT_LEAST);
    Duration left = Duration.between(now, end);
    for (Duration pause = FIRST; ; pause = next(pause)) {
      try {
        return work.get();
      } catch (PortFailure away) {
        left = left.minus(pause);
        if (!away.isRetryable() || left.isNegative() || clock.instant().plus(pause).isAfter(end)) {
          throw away;
        }
      }
      waiting.accept(pause);
    }
  }

  private static Duration next(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }
}
