package io.engage.imap.sending;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server keeps what it promises by PIPELINING. Some lose commands that travel together,
 * or some box in between does. Once may be an accident of the network; a server that it happens to
 * twice in a row is told one command at a time for an hour.
 */
final class Pipelining {
  private static final int ACCIDENTS = 1;
  private static final Duration CAUTION = Duration.ofHours(1);

  private volatile @Nullable Breaks breaks;

  /**
   * How often in a row commands that travelled together were not all answered.
   *
   * @param lastAt by {@link System#nanoTime}
   */
  record Breaks(int times, long lastAt) {}

  static boolean decide(@Nullable Breaks breaks, long now) {
    return breaks == null
        || breaks.times() <= ACCIDENTS
        || now - breaks.lastAt() > CAUTION.toNanos();
  }

  boolean isTrusted() {
    return decide(breaks, System.nanoTime());
  }

  void wentWell() {
    if (breaks != null) {
      breaks = null;
    }
  }

  synchronized void broke() {
    breaks = next(breaks, System.nanoTime());
  }

  static Breaks next(@Nullable Breaks before, long now) {
    return before == null || now - before.lastAt() > CAUTION.toNanos()
        ? new Breaks(1, now)
        : new Breaks(before.times() + 1, now);
  }
}
