package io.engage.core.picturing;

import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits since when. Of those who wait for their first answer the ones that have waited for too
 * long are parted from the others as time goes on, so that they need not be counted anew each time.
 */
final class Waiting {
  private final TreeSet<Since> all = new TreeSet<>(Since.OLDEST_FIRST);
  private final TreeSet<Since> patient = new TreeSet<>(Since.OLDEST_FIRST);
  private final TreeSet<Since> abandoned = new TreeSet<>(Since.OLDEST_FIRST);

  /**
   * @param isFirst whether it is the first answer that they wait for
   */
  void add(Since since, boolean isFirst) {
    all.add(since);
    if (isFirst) {
      patient.add(since);
    }
  }

  void remove(Since since) {
    all.remove(since);
    if (!patient.remove(since)) {
      abandoned.remove(since);
    }
  }

  @Nullable Instant longest() {
    return all.isEmpty() ? null : all.first().moment();
  }

  /** How many have waited for their first answer since before then. */
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
