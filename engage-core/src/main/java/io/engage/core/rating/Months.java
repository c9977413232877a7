package io.engage.core.rating;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The months of UTC in which a time lies. */
public final class Months {
  private Months() {}

  /** Those that have a moment from {@code from} to {@code until}, the newest first. */
  public static List<YearMonth> decide(Instant from, Instant until) {
    YearMonth first = monthOf(from);
    return Stream.iterate(
            monthOf(until), month -> !month.isBefore(first), month -> month.minusMonths(1))
        .toList();
  }

  private static YearMonth monthOf(Instant moment) {
    return YearMonth.from(moment.atZone(ZoneOffset.UTC));
  }
}
