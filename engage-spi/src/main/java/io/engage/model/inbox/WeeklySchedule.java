package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When an inbox is staffed: weekly windows in one time zone, and days that are different.
 *
 * @param windows in any order; they may overlap
 * @param exceptions what is open on a day instead of its weekly windows; an empty list is a holiday
 */
public record WeeklySchedule(
    ZoneId zone, List<Window> windows, Map<LocalDate, List<Hours>> exceptions) {

  public WeeklySchedule {
    requireNonNull(zone, "zone");
    windows = List.copyOf(windows);
    Map<LocalDate, List<Hours>> copied = new HashMap<>();
    exceptions.forEach((day, hours) -> copied.put(day, List.copyOf(hours)));
    exceptions = Map.copyOf(copied);
  }

  /** Open at any time. */
  public static WeeklySchedule always(ZoneId zone) {
    List<Window> days = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      days.add(new Window(day, new Hours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));
    }
    return new WeeklySchedule(zone, days, Map.of());
  }

  /**
   * Whether it is open at this moment. A window belongs to the day on which it opens, also where it
   * goes on over midnight, so a holiday does not cut short the night before it.
   */
  public boolean isOpenAt(Instant moment) {
    LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
    LocalDate today = local.toLocalDate();
    LocalTime time = local.toLocalTime();
    return hoursOn(today).stream().anyMatch(hours -> hours.coverFromOpening(time))
        || hoursOn(today.minusDays(1)).stream().anyMatch(hours -> hours.coverAfterMidnight(time));
  }

  /** What opens on this day. */
  public List<Hours> hoursOn(LocalDate day) {
    List<Hours> different = exceptions.get(day);
    return different != null
        ? different
        : windows.stream()
            .filter(window -> window.day() == day.getDayOfWeek())
            .map(Window::hours)
            .toList();
  }

  /**
   * The first moment at or after {@code from} at which it is open.
   *
   * @return empty when it never opens again
   */
  public Optional<Instant> nextOpening(Instant from) {
    return new OpeningWalk(this).first(from, true);
  }

  /**
   * The first moment at or after {@code from} at which it is closed.
   *
   * @return empty when it never closes again
   */
  public Optional<Instant> nextClosing(Instant from) {
    return new OpeningWalk(this).first(from, false);
  }

  /**
   * How long it is open from {@code from} up to, not including, {@code until}; zero when that is
   * not later. An hour that clocks repeat counts twice, one that they skip not at all. The cost
   * grows with the days in between.
   */
  public Duration openTimeBetween(Instant from, Instant until) {
    return new OpeningWalk(this).openTime(from, until);
  }

  public WeeklySchedule with(Window window) {
    List<Window> more = new ArrayList<>(windows);
    more.add(window);
    return new WeeklySchedule(zone, more, exceptions);
  }

  public WeeklySchedule without(Window window) {
    return new WeeklySchedule(
        zone, windows.stream().filter(each -> !each.equals(window)).toList(), exceptions);
  }

  /** With other hours on one day; none at all make it a holiday. */
  public WeeklySchedule withException(LocalDate day, Hours... hours) {
    Map<LocalDate, List<Hours>> more = new HashMap<>(exceptions);
    more.put(day, List.of(hours));
    return new WeeklySchedule(zone, windows, more);
  }

  public WeeklySchedule withoutException(LocalDate day) {
    Map<LocalDate, List<Hours>> fewer = new HashMap<>(exceptions);
    fewer.remove(day);
    return new WeeklySchedule(zone, windows, fewer);
  }

  /** Hours that open on one day of each week. */
  public record Window(DayOfWeek day, Hours hours) {
    public Window {
      requireNonNull(day, "day");
      requireNonNull(hours, "hours");
    }

    public static Window of(DayOfWeek day, String opens, String closes) {
      return new Window(day, new Hours(LocalTime.parse(opens), LocalTime.parse(closes)));
    }
  }

  /**
   * From {@code opens} up to, not including, {@code closes}. When it closes at or before the time
   * at which it opens, that is on the next day.
   */
  public record Hours(LocalTime opens, LocalTime closes) {
    public Hours {
      requireNonNull(opens, "opens");
      requireNonNull(closes, "closes");
    }

    public boolean isOverMidnight() {
      return !closes.isAfter(opens);
    }

    private boolean coverFromOpening(LocalTime time) {
      return !time.isBefore(opens) && (isOverMidnight() || time.isBefore(closes));
    }

    private boolean coverAfterMidnight(LocalTime time) {
      return isOverMidnight() && time.isBefore(closes);
    }
  }
}
