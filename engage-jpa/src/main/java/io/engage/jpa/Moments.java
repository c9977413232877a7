package io.engage.jpa;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Moments as they stand in columns: nanoseconds since 1970. What is out of range (before 1677 or
 * after 2262) stands at its end; the exact moment is in the body beside it.
 */
final class Moments {
  private static final long NANOS = 1_000_000_000L;

  private Moments() {}

  static long of(Instant moment) {
    try {
      return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS), moment.getNano());
    } catch (ArithmeticException outOfRange) {
      return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static @Nullable Long ofNullable(@Nullable Instant moment) {
    return moment == null ? null : of(moment);
  }

  static Instant from(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
