package io.engage.dialer;

import java.time.Instant;

/** What came of working on a campaign for a moment. */
sealed interface Turn {

  /** Something was done, and there may be more. */
  record Worked() implements Turn {}

  /** There is nothing to do before this moment. */
  record Waits(Instant until) implements Turn {}

  /** The campaign does not run, or no longer does. */
  record Ended() implements Turn {}
}
