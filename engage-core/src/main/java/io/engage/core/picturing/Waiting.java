package io.engage.core.picturing;

import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits since when. Those that have waited for too long are parted from the others as time goes
 * on, so that they need not be counted anew each time.
 */
final class Waiting {
  private final TreeSet<Since> patient = new TreeSet<>(Since.OLDEST_FIRST);
  private final TreeSet<Since> abandoned = new TreeSet<>(Since.OLDEST_FIRST);

  void add(Since since) {
    patient.add(since);
  }

  void remove(Since since) {
    if (!patient.remove(since)) {
      abandoned.remove(since);
    }
  }

  @Nullable Instant longest() {
    TreeSet<Since> older = abandoned.isEmpty() ? patient : abandoned;
    return older.isEmpty() ? null : older.first().moment();
  }

  /** How many have waited since before then. */
  int abandoned(Instant since) {
    while (!patient.isEmpty() && patient.first().moment().isBefore(since)) {
      abandoned.add(patient.pollFirst());
    }
    while (!abandoned.isEmpty() && !abandoned.last().moment().isBefore(since)) {
      patient.add(abandoned.pollLast());
    }
    return abandoned.size();
  }
}
