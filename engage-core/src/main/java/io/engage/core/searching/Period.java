package io.engage.core.searching;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A year, month, day or minute as somebody types it.
 *
 * @param start inclusive
 * @param end exclusive
 */
record Period(Instant start, Instant end) {
  private static final int MINUTE_LENGTH = "2026-01-01T10:00".length();

  /** Whether it is one, wherever and whenever. */
  static boolean isOne(String typed) {
    return find(typed, ZoneOffset.UTC, Instant.EPOCH).isPresent();
  }

  static Optional<Period> find(String typed, ZoneId zone, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    try {
      return Optional.of(
          switch (typed.length()) {
            case 4 -> year(Year.parse(typed), zone);
            case 5 -> named(typed, "today", today, zone);
            case 7 -> month(YearMonth.parse(typed), zone);
            case 9 -> named(typed, "yesterday", today.minusDays(1), zone);
            case 10 -> day(LocalDate.parse(typed), zone);
            default -> minute(typed, zone);
          });
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  private static Period named(String typed, String name, LocalDate day, ZoneId zone) {
    if (!typed.equalsIgnoreCase(name)) {
      throw new DateTimeException("neither date nor word");
    }
    return day(day, zone);
  }

  private static Period year(Year year, ZoneId zone) {
    return new Period(
        year.atDay(1).atStartOfDay(zone).toInstant(),
        year.plusYears(1).atDay(1).atStartOfDay(zone).toInstant());
  }

  private static Period month(YearMonth month, ZoneId zone) {
    return new Period(
        month.atDay(1).atStartOfDay(zone).toInstant(),
        month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
  }

  private static Period day(LocalDate day, ZoneId zone) {
    return new Period(
        day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static Period minute(String typed, ZoneId zone) {
    if (typed.length() != MINUTE_LENGTH) {
      throw new DateTimeException("neither date nor minute");
    }
    LocalDateTime minute =
        LocalDate.parse(typed.substring(0, 10)).atTime(LocalTime.parse(typed.substring(11)));
    return new Period(
        minute.atZone(zone).toInstant(), minute.plusMinutes(1).atZone(zone).toInstant());
  }
}
