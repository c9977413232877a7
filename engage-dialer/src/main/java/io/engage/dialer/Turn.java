package io.engage.dialer;

import java.time.Instant;

/** What came of working on a campaign for a moment. */
sealed interface Turn {

  /** Something was done, and there may be more. */
  record Worked() implements Turn {}

  /**
   * There is nothing to do before this moment.
   *
   * @param certain whether that is so unless the campaign is changed; else somebody who works on it
   *     elsewhere may give something back before
   */
  record Waits(Instant until, boolean certain) implements Turn {
    /** For a window, a rate, a server. */
    static Waits until(Instant moment) {
      return new Waits(moment, true);
    }

    /** For whoever is due then, at the latest. */
    static Waits atMostUntil(Instant moment) {
      return new Waits(moment, false);
    }
  }

  /** The campaign does not run, or no longer does. */
  record Ended() implements Turn {}
}
