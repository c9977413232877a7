package io.engage.dialer;

import java.time.Duration;
import java.time.Instant;

/**
 * How a node dials.
 *
 * @param block how many recipients are claimed at once
 * @param group how many of them are marked before their bytes go: a node that dies leaves no more
 *     than these in doubt for each connection
 * @param lease how long a claim lasts
 * @param rest how long a running campaign may have rested while it could have sent
 * @param accountConnections how many connections this node keeps to one account at most
 * @param namedReturns whether reports come back to an address that names the recipient
 * @param longestPause after this time a connection that waits looks for what others gave back
 */
record Settings(
    int block,
    int group,
    Duration lease,
    Duration rest,
    int accountConnections,
    boolean namedReturns,
    Duration longestPause) {
  static final Settings USUAL =
      new Settings(
          500, 50, Duration.ofMinutes(10), Duration.ofHours(1), 10, false, Duration.ofSeconds(15));

  private static final int WORTH_A_CLAIM = 10;

  Settings withBlock(int size) {
    return new Settings(
        size, Math.min(group, size), lease, rest, accountConnections, namedReturns, longestPause);
  }

  Settings withGroup(int size) {
    return new Settings(block, size, lease, rest, accountConnections, namedReturns, longestPause);
  }

  Settings withLease(Duration time) {
    return new Settings(block, group, time, rest, accountConnections, namedReturns, longestPause);
  }

  Settings withRest(Duration time) {
    return new Settings(block, group, lease, time, accountConnections, namedReturns, longestPause);
  }

  Settings withAccountConnections(int most) {
    return new Settings(block, group, lease, rest, most, namedReturns, longestPause);
  }

  Settings withNamedReturns() {
    return new Settings(block, group, lease, rest, accountConnections, true, longestPause);
  }

  Settings withLongestPause(Duration time) {
    return new Settings(block, group, lease, rest, accountConnections, namedReturns, time);
  }

  /** How many are claimed at once where hardly any are left. */
  int leastBlock() {
    return Math.min(block, WORTH_A_CLAIM);
  }

  /** A group is not begun when less than this is left of its lease. */
  Duration margin() {
    return lease.dividedBy(2);
  }

  /** Until when it is tried to keep what is known of a claim, before it is anybody else's. */
  Instant lastWord(Instant leaseUntil) {
    return leaseUntil.minus(lease.dividedBy(8));
  }
}
