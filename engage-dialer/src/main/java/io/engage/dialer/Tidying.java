package io.engage.dialer;

import io.engage.core.Foundation;
import java.time.Instant;

/** Looks after campaigns from which nobody is sent to, now and then. */
final class Tidying {
  /** So often in a lease: before it ends nobody is left behind. */
  private static final int TIMES_IN_A_LEASE = 4;

  private final Foundation foundation;
  private final Settings settings;
  private final LeftBehind leftBehind;
  private final OldRates oldRates;
  private Instant next = Instant.EPOCH;

  Tidying(Foundation foundation, Settings settings, Settling settling) {
    this.foundation = foundation;
    this.settings = settings;
    this.leftBehind = new LeftBehind(foundation, settings, settling);
    this.oldRates = new OldRates(foundation);
  }

  /**
   * Settles what was under way in lists from which nobody is sent to, and drops what nobody needs,
   * when it is time for that.
   *
   * @return when it is time again
   */
  synchronized Instant tidy() {
    Instant now = foundation.clock().instant();
    if (!now.isBefore(next)) {
      leftBehind.settle();
      oldRates.forget();
      next = now.plus(settings.lease().dividedBy(TIMES_IN_A_LEASE));
    }
    return next;
  }
}
