package io.engage.core.picturing;

import io.engage.model.queue.QueueState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Since when an agent has been busy, or free, as far as the conversations that they had tell. */
final class Stretch {
  private Stretch() {}

  /**
   * @param rows theirs
   * @return null when they tell nothing
   */
  static @Nullable Instant begin(List<Row> rows, boolean busy) {
    Instant newestEnd =
        rows.stream()
            .map(Row::completedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return busy ? beginOfWork(rows) : newestEnd;
  }

  /** What was completed while another was in hand belongs to the same stretch. */
  private static @Nullable Instant beginOfWork(List<Row> rows) {
    Instant begin =
        rows.stream()
            .filter(each -> each.state() == QueueState.ACTIVE)
            .map(Row::takenAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    List<Row> completed =
        rows.stream()
            .filter(each -> each.completedAt() != null && each.takenAt() != null)
            .sorted(Comparator.comparing(Row::completedAt, Comparator.reverseOrder()))
            .toList();
    for (Row each : completed) {
      begin = joined(begin, each);
    }
    return begin;
  }

  private static @Nullable Instant joined(@Nullable Instant begin, Row completed) {
    Instant taken = Objects.requireNonNull(completed.takenAt());
    Instant end = Objects.requireNonNull(completed.completedAt());
    return begin != null && !end.isBefore(begin) && taken.isBefore(begin) ? taken : begin;
  }
}
