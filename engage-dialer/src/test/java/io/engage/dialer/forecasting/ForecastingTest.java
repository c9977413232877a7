package io.engage.dialer.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Missed;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.inbox.WeeklySchedule.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DL-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForecastingTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final CampaignPlan EVERY_MINUTE =
      CampaignPlan.of("Spring").withPace(Pace.every(Duration.ofMinutes(1)));

  /** One zone of each sort of change of clocks: by an hour, by half an hour, by a whole day. */
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("Europe/Madrid"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Pacific/Apia"),
          ZoneId.of("America/Santiago"));

  private static final List<Instant> AROUND =
      List.of(
          Instant.parse("2026-03-27T00:00:00Z"),
          Instant.parse("2026-10-23T00:00:00Z"),
          Instant.parse("2026-03-06T00:00:00Z"),
          Instant.parse("2026-11-01T00:00:00Z"),
          Instant.parse("2011-12-28T00:00:00Z"),
          Instant.parse("2026-04-03T00:00:00Z"));

  @Test
  void the_first_mail_goes_at_once_and_the_others_at_their_pace() {
    assertThat(Forecasting.decide(EVERY_MINUTE, Pace.UNLIMITED, 1, MONDAY))
        .isEqualTo(new Forecast.At(MONDAY));
    assertThat(Forecasting.decide(EVERY_MINUTE, Pace.UNLIMITED, 61, MONDAY))
        .isEqualTo(new Forecast.At(MONDAY.plus(Duration.ofHours(1))));
    assertThat(Forecasting.decide(EVERY_MINUTE, Pace.UNLIMITED, 0, MONDAY))
        .isEqualTo(new Forecast.At(MONDAY));
  }

  @Test
  void of_several_limits_the_tightest_counts() {
    Pace pace = Pace.UNLIMITED.withPerSecond(10).withPerMinute(60).withPerHour(60);

    assertThat(Forecasting.each(pace)).isEqualTo(Duration.ofMinutes(1));
    assertThat(Forecasting.each(pace.withBetween(Duration.ofMinutes(2))))
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(Forecasting.each(Pace.UNLIMITED.withConnections(5)))
        .isEqualTo(Forecasting.ROUND_TRIPS.dividedBy(5));
  }

  @Test
  void what_does_not_fit_into_a_window_goes_in_the_next_one() {
    CampaignPlan mornings =
        EVERY_MINUTE.withWindows(
            new WeeklySchedule(
                ZoneId.of("UTC"),
                List.of(
                    Window.of(DayOfWeek.MONDAY, "09:00", "10:00"),
                    Window.of(DayOfWeek.TUESDAY, "09:00", "10:00")),
                Map.of()),
            Missed.NEXT_WINDOW);

    assertThat(Forecasting.decide(mornings, Pace.UNLIMITED, 60, MONDAY))
        .isEqualTo(new Forecast.At(MONDAY.plus(Duration.ofMinutes(59))));
    assertThat(Forecasting.decide(mornings, Pace.UNLIMITED, 61, MONDAY))
        .isEqualTo(new Forecast.At(MONDAY.plus(Duration.ofDays(1))));
  }

  @Test
  void what_ends_before_is_never_done() {
    CampaignPlan ending = EVERY_MINUTE.withUntil(MONDAY.plus(Duration.ofHours(1)));

    assertThat(Forecasting.decide(ending, Pace.UNLIMITED, 60, MONDAY))
        .isInstanceOf(Forecast.At.class);
    assertThat(Forecasting.decide(ending, Pace.UNLIMITED, 61, MONDAY))
        .isInstanceOf(Forecast.Never.class);
  }

  @Test
  void windows_that_never_open_and_more_than_a_life_time_are_never_done() {
    CampaignPlan closed =
        EVERY_MINUTE.withWindows(
            new WeeklySchedule(ZoneId.of("UTC"), List.of(), Map.of()), Missed.NEXT_WINDOW);

    assertThat(Forecasting.decide(closed, Pace.UNLIMITED, 1, MONDAY))
        .isInstanceOf(Forecast.Never.class);
    assertThat(Forecasting.decide(EVERY_MINUTE, Pace.UNLIMITED, Long.MAX_VALUE, MONDAY))
        .isInstanceOf(Forecast.Never.class);
  }

  @Test
  @Tag("G-51")
  void it_says_what_a_walk_from_minute_to_minute_says_also_when_clocks_change() {
    Random random = new Random(20_260_302L);
    for (int round = 0; round < 300; round++) {
      WeeklySchedule windows = windows(random);
      int minutes = 1 + random.nextInt(5);
      CampaignPlan plan =
          CampaignPlan.of("Spring")
              .withPace(Pace.every(Duration.ofMinutes(minutes)))
              .withWindows(windows, Missed.NEXT_WINDOW);
      Instant from =
          AROUND.get(random.nextInt(AROUND.size())).plus(Duration.ofMinutes(random.nextInt(3000)));
      int mails = 1 + random.nextInt(400);

      Forecast forecast = Forecasting.decide(plan, Pace.UNLIMITED, mails, from);

      assertThat(forecast)
          .as("round %d: %d mails, %d minutes, from %s in %s", round, mails, minutes, from, windows)
          .isEqualTo(new Forecast.At(walked(windows, mails, minutes, from)));
    }
  }

  /** Sends one mail whenever so many open minutes have gone by since the one before. */
  private static Instant walked(WeeklySchedule windows, int mails, int each, Instant from) {
    int open = 0;
    int sent = 0;
    for (Instant now = from; ; now = now.plusSeconds(60)) {
      if (windows.isOpenAt(now)) {
        if (open % each == 0 && ++sent == mails) {
          return now;
        }
        open++;
      }
    }
  }

  private static WeeklySchedule windows(Random random) {
    List<Window> windows = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      windows.add(
          new Window(
              DayOfWeek.of(1 + random.nextInt(7)),
              new WeeklySchedule.Hours(time(random), time(random))));
    }
    return new WeeklySchedule(ZONES.get(random.nextInt(ZONES.size())), windows, Map.of());
  }

  private static LocalTime time(Random random) {
    return LocalTime.of(random.nextInt(24), 30 * random.nextInt(2));
  }
}
