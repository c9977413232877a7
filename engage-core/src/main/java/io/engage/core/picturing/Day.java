package io.engage.core.picturing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

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
    return !moment.isBefore(start) && moment.isBefore(end);
  }
}
