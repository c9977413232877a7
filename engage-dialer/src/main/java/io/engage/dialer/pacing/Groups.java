package io.engage.dialer.pacing;

import java.time.Duration;

/**
 * Decides how many recipients are marked together before their mails go. Those are in doubt when
 * the node dies, so a server that takes its time gets small groups: one is over long before the
 * lease of its claims.
 */
public final class Groups {
  private static final int SHARE_OF_LEASE = 8;

  private Groups() {}

  /**
   * @param most how many it is at a server that is fast, or not known yet
   * @param perMail how long one mail took lately
   * @param lease how long a claim lasts
   */
  public static int decide(int most, Duration perMail, Duration lease) {
    long nanos = perMail.toNanos();
    long fit = nanos <= 0 ? most : lease.dividedBy(SHARE_OF_LEASE).toNanos() / nanos;
    return (int) Math.max(1, Math.min(most, fit));
  }
}
