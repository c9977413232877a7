package io.engage.dialer;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of the groups of one turn. For one thread. */
final class Tally {
  private int allowed;
  private int mails;
  private boolean further;
  private @Nullable Instant next;

  /** So many mails may go in this turn. */
  void allows(int count) {
    allowed = count;
  }

  /** How many more may go. */
  int left() {
    return Math.max(0, allowed - mails);
  }

  /** So many were handed to the server. */
  void went(int count) {
    mails += count;
  }

  /** What becomes of some has been decided, so that another turn finds others. */
  void gotFurther() {
    further = true;
  }

  /** Nothing can be sent before this moment. */
  void waits(Instant until) {
    next = until;
  }

  /** Whether some were worked on, of whom none could be sent to now. */
  boolean foundNobody() {
    return further && mails == 0;
  }

  /** Until when nothing is to be done; empty when something was done. */
  Optional<Instant> findPause() {
    return further ? Optional.empty() : Optional.ofNullable(next);
  }
}
