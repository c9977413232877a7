package io.engage.model.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.WeeklySchedule.Hours;
import io.engage.model.inbox.WeeklySchedule.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-7")
@Tag("G-51")
@DisplayNameGeneration(ReplaceUnderscores.class)
class WeeklyScheduleTest {
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  private static WeeklySchedule open(ZoneId zone, Window... windows) {
    return new WeeklySchedule(zone, List.of(windows), Map.of());
  }

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(ROME).toInstant();
  }

  @Test
  void the_opening_time_is_within_and_the_closing_time_is_not() {
    WeeklySchedule shop = open(ROME, Window.of(DayOfWeek.MONDAY, "09:00", "18:00"));

    assertThat(shop.isOpenAt(at(MONDAY, "08:59:59"))).isFalse();
    assertThat(shop.isOpenAt(at(MONDAY, "09:00"))).isTrue();
    assertThat(shop.isOpenAt(at(MONDAY, "17:59:59"))).isTrue();
    assertThat(shop.isOpenAt(at(MONDAY, "18:00"))).isFalse();
  }

  @Test
  void a_night_belongs_to_the_day_on_which_it_began() {
    WeeklySchedule bar =
        open(ROME, Window.of(DayOfWeek.SATURDAY, "20:00", "03:00"))
            .withException(LocalDate.of(2026, 3, 8));

    assertThat(bar.isOpenAt(at(LocalDate.of(2026, 3, 8), "02:59"))).isTrue();
    assertThat(bar.isOpenAt(at(LocalDate.of(2026, 3, 7), "02:00"))).isFalse();
    assertThat(bar.nextClosing(at(LocalDate.of(2026, 3, 7), "23:00")))
        .contains(at(LocalDate.of(2026, 3, 8), "03:00"));
  }

  @Test
  void windows_that_meet_or_overlap_are_one_opening() {
    WeeklySchedule shop =
        open(
            ROME,
            Window.of(DayOfWeek.MONDAY, "09:00", "12:00"),
            Window.of(DayOfWeek.MONDAY, "12:00", "15:00"),
            Window.of(DayOfWeek.MONDAY, "14:00", "18:00"));

    assertThat(shop.nextClosing(at(MONDAY, "10:00"))).contains(at(MONDAY, "18:00"));
    assertThat(shop.openTimeBetween(at(MONDAY, "00:00"), at(MONDAY, "23:00")))
        .isEqualTo(Duration.ofHours(9));
  }

  @Test
  void windows_are_added_and_removed_one_by_one() {
    Window morning = Window.of(DayOfWeek.MONDAY, "09:00", "12:00");
    Window afternoon = Window.of(DayOfWeek.MONDAY, "14:00", "18:00");

    WeeklySchedule shop = open(ROME).with(morning).with(afternoon).without(morning);

    assertThat(shop.windows()).containsExactly(afternoon);
  }

  @Test
  void a_holiday_is_passed_over_and_special_hours_count() {
    WeeklySchedule shop =
        open(
                ROME,
                Window.of(DayOfWeek.MONDAY, "09:00", "18:00"),
                Window.of(DayOfWeek.TUESDAY, "09:00", "18:00"))
            .withException(MONDAY)
            .withException(MONDAY.plusDays(1), new Hours(LocalTime.of(15, 0), LocalTime.of(16, 0)));

    assertThat(shop.nextOpening(at(MONDAY, "08:00"))).contains(at(MONDAY.plusDays(1), "15:00"));
    assertThat(shop.openTimeBetween(at(MONDAY, "00:00"), at(MONDAY.plusDays(2), "00:00")))
        .isEqualTo(Duration.ofHours(1));
    assertThat(shop.withoutException(MONDAY).nextOpening(at(MONDAY, "08:00")))
        .contains(at(MONDAY, "09:00"));
  }

  @Test
  void who_is_open_already_opens_now() {
    WeeklySchedule shop = open(ROME, Window.of(DayOfWeek.MONDAY, "09:00", "18:00"));

    assertThat(shop.nextOpening(at(MONDAY, "10:00"))).contains(at(MONDAY, "10:00"));
    assertThat(shop.nextClosing(at(MONDAY, "19:00"))).contains(at(MONDAY, "19:00"));
  }

  @Test
  void what_never_opens_or_never_closes_says_so() {
    assertThat(open(ROME).nextOpening(at(MONDAY, "10:00"))).isEmpty();
    assertThat(WeeklySchedule.always(ROME).nextClosing(at(MONDAY, "10:00"))).isEmpty();
  }

  @Test
  void a_day_that_is_different_is_found_however_far_away_it_is() {
    LocalDate fair = LocalDate.of(9999, 5, 1);
    Hours noon = new Hours(LocalTime.NOON, LocalTime.of(13, 0));

    assertThat(open(ROME).withException(fair, noon).nextOpening(at(MONDAY, "10:00")))
        .contains(at(fair, "12:00"));
    assertThat(WeeklySchedule.always(ROME).withException(fair).nextClosing(at(MONDAY, "10:00")))
        .contains(at(fair, "00:00"));
  }

  @Test
  void holidays_for_weeks_on_end_are_all_passed_over() {
    WeeklySchedule shop = open(ROME, Window.of(DayOfWeek.MONDAY, "09:00", "18:00"));
    for (int week = 0; week < 200; week++) {
      shop = shop.withException(MONDAY.plusWeeks(week));
    }

    assertThat(shop.nextOpening(at(MONDAY, "08:00"))).contains(at(MONDAY.plusWeeks(200), "09:00"));
  }

  @Test
  void a_whole_day_lasts_23_or_25_hours_when_clocks_change() {
    LocalDate spring = LocalDate.of(2026, 3, 29);
    LocalDate autumn = LocalDate.of(2026, 10, 25);
    WeeklySchedule always = WeeklySchedule.always(ROME);

    assertThat(always.openTimeBetween(at(spring, "00:00"), at(spring.plusDays(1), "00:00")))
        .isEqualTo(Duration.ofHours(23));
    assertThat(always.openTimeBetween(at(autumn, "00:00"), at(autumn.plusDays(1), "00:00")))
        .isEqualTo(Duration.ofHours(25));
  }

  @Test
  void a_window_within_a_skipped_hour_does_not_open_that_day() {
    WeeklySchedule early = open(ROME, Window.of(DayOfWeek.SUNDAY, "02:15", "02:45"));

    assertThat(early.nextOpening(at(LocalDate.of(2026, 3, 28), "12:00")))
        .contains(at(LocalDate.of(2026, 4, 5), "02:15"));
  }

  @Test
  void a_span_that_runs_backwards_holds_no_open_time() {
    assertThat(
            WeeklySchedule.always(ROME).openTimeBetween(at(MONDAY, "10:00"), at(MONDAY, "09:00")))
        .isZero();
  }

  /** Every change of clocks that the tz database knows or foresees, each set of rules once. */
  @Test
  void around_every_change_of_clocks_it_agrees_with_a_look_at_each_minute() {
    Random random = new Random(51);
    int changes = 0;
    for (ZoneId zone : zonesWithRulesOfTheirOwn()) {
      for (Instant change : changesOf(zone.getRules())) {
        assertAgreesAround(change, scheduleAround(change, zone, random), random);
        changes++;
      }
    }
    assertThat(changes).isGreaterThan(1000);
  }

  private static List<ZoneId> zonesWithRulesOfTheirOwn() {
    Set<ZoneRules> seen = new HashSet<>();
    return ZoneId.getAvailableZoneIds().stream()
        .sorted()
        .map(ZoneId::of)
        .filter(zone -> seen.add(zone.getRules()))
        .toList();
  }

  private static List<Instant> changesOf(ZoneRules rules) {
    Instant end = Instant.parse("2036-01-01T00:00:00Z");
    List<Instant> changes = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(Instant.parse("2020-01-01T00:00:00Z"));
    while (next != null && next.getInstant().isBefore(end)) {
      changes.add(next.getInstant());
      next = rules.nextTransition(next.getInstant());
    }
    return changes;
  }

  /** Windows whose edges lie near the change, in the skipped or repeated time too. */
  private static WeeklySchedule scheduleAround(Instant change, ZoneId zone, Random random) {
    WeeklySchedule schedule = open(zone);
    for (int i = random.nextInt(4); i >= 0; i--) {
      ZonedDateTime opens = near(change, zone, random);
      LocalTime closes = near(change, zone, random).toLocalTime();
      schedule =
          schedule.with(new Window(opens.getDayOfWeek(), new Hours(opens.toLocalTime(), closes)));
    }
    if (random.nextInt(3) == 0) {
      LocalDate day = near(change, zone, random).toLocalDate();
      LocalTime opens = near(change, zone, random).toLocalTime();
      schedule =
          random.nextBoolean()
              ? schedule.withException(day)
              : schedule.withException(day, new Hours(opens, opens.plusMinutes(90)));
    }
    return schedule;
  }

  private static ZonedDateTime near(Instant change, ZoneId zone, Random random) {
    return change
        .plus(random.nextInt(300) - 150, ChronoUnit.MINUTES)
        .atZone(zone)
        .truncatedTo(ChronoUnit.MINUTES);
  }

  private static void assertAgreesAround(Instant change, WeeklySchedule schedule, Random random) {
    Instant from = change.minus(random.nextInt(240), ChronoUnit.MINUTES);
    Instant until = change.plus(random.nextInt(240), ChronoUnit.MINUTES);
    List<Instant> minutes =
        Stream.iterate(from, each -> each.isBefore(until), each -> each.plusSeconds(60)).toList();
    List<Instant> openMinutes =
        minutes.stream().filter(each -> naivelyOpen(schedule, each)).toList();
    String what = schedule + " from " + from + " until " + until;

    assertThat(minutes.stream().filter(schedule::isOpenAt)).as(what).isEqualTo(openMinutes);
    assertThat(schedule.openTimeBetween(from, until))
        .as(what)
        .isEqualTo(Duration.ofMinutes(openMinutes.size()));
    if (!openMinutes.isEmpty()) {
      assertThat(schedule.nextOpening(from)).as(what).contains(openMinutes.get(0));
    }
    minutes.stream()
        .filter(each -> !naivelyOpen(schedule, each))
        .findFirst()
        .ifPresent(closed -> assertThat(schedule.nextClosing(from)).as(what).contains(closed));
  }

  /** What somebody sees who looks at the clock on the wall and at the sign on the door. */
  private static boolean naivelyOpen(WeeklySchedule schedule, Instant minute) {
    ZonedDateTime clock = minute.atZone(schedule.zone());
    LocalTime time = clock.toLocalTime();
    for (Hours hours : signOf(schedule, clock.toLocalDate())) {
      boolean tillMidnight = !hours.closes().isAfter(hours.opens());
      if (!time.isBefore(hours.opens()) && (tillMidnight || time.isBefore(hours.closes()))) {
        return true;
      }
    }
    for (Hours hours : signOf(schedule, clock.toLocalDate().minusDays(1))) {
      if (!hours.closes().isAfter(hours.opens()) && time.isBefore(hours.closes())) {
        return true;
      }
    }
    return false;
  }

  private static List<Hours> signOf(WeeklySchedule schedule, LocalDate day) {
    if (schedule.exceptions().containsKey(day)) {
      return schedule.exceptions().get(day);
    }
    List<Hours> hours = new ArrayList<>();
    for (Window window : schedule.windows()) {
      if (window.day() == day.getDayOfWeek()) {
        hours.add(window.hours());
      }
    }
    return hours;
  }

  @Test
  void seconds_count_too() {
    WeeklySchedule shop =
        open(ZoneOffset.UTC, Window.of(DayOfWeek.MONDAY, "09:00:00.000000001", "09:00:30"));
    Instant nine = Instant.parse("2026-03-02T09:00:00Z");

    assertThat(shop.openTimeBetween(nine, nine.plusSeconds(60)))
        .isEqualTo(Duration.ofSeconds(30).minusNanos(1));
    assertThat(shop.nextOpening(nine)).contains(nine.plusNanos(1));
  }
}
