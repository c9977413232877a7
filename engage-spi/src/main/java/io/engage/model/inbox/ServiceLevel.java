package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What customers may expect of an inbox. Crossing a threshold is told and shown; it never drops
 * anything.
 *
 * @param firstAnswer within which the first answer counts as in time
 * @param longestWait after which waiting is too long
 * @param abandonedAfter after which somebody who waits counts as abandoned
 * @param longestHandling after which handling takes too long
 * @param mostWaiting more waiting conversations than this are too many
 */
public record ServiceLevel(
    Duration firstAnswer,
    Duration longestWait,
    Duration abandonedAfter,
    Duration longestHandling,
    int mostWaiting) {
  /** An hour to the first answer, a day until somebody counts as abandoned. */
  public static final ServiceLevel USUAL =
      new ServiceLevel(
          Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofHours(8), 100);

  public ServiceLevel {
    requirePositive("first answer", firstAnswer);
    requirePositive("longest wait", longestWait);
    requirePositive("time until abandoned", abandonedAfter);
    requirePositive("longest handling", longestHandling);
    if (mostWaiting < 1) {
      throw new IllegalArgumentException(
          "The threshold of waiting conversations starts at 1, but is " + mostWaiting);
    }
  }

  private static void requirePositive(String what, Duration time) {
    requireNonNull(time, what);
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          "The %s of a service level has to last a while".formatted(what));
    }
  }
}
