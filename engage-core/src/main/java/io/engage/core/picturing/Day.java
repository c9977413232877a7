package io.engage.core.picturing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A day of an inbox.
 *
 * @param start UTC
 * @param end not included, UTC
 */
public record Day(Instant start, Instant end) {

  /** The day in which a moment lies. */
  public static Day of(Instant moment, ZoneId zone) {
    LocalDate date = LocalDate.ofInstant(moment, zone);
    return new Day(
        date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  boolean contains(Instant moment) {
    return isBegunAt(moment) && moment.isBefore(end);
  }

  /** Whether that was on this day, or later. */
  boolean isBegunAt(@Nullable Instant moment) {
    return moment != null && !moment.isBefore(start);
  }
}
