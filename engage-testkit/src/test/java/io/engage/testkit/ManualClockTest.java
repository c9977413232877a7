package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void it_stands_still_until_it_is_told_to_go_on() {
    ManualClock clock = ManualClock.at("2026-03-02T12:00:00Z");

    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(clock.advance(Duration.ofDays(10)).instant()).isEqualTo(NOON.plusSeconds(864_000));
    assertThat(clock.set(NOON).instant()).isEqualTo(NOON);
  }

  @Test
  void the_same_clock_in_another_zone_moves_along() {
    ManualClock clock = ManualClock.at(NOON);
    Clock inRome = clock.withZone(ZoneId.of("Europe/Rome"));

    clock.advance(Duration.ofHours(1));

    assertThat(inRome.instant()).isEqualTo(NOON.plusSeconds(3600));
    assertThat(inRome.getZone()).isEqualTo(ZoneId.of("Europe/Rome"));
  }

  @RepeatedTest(5)
  void no_advance_is_lost_when_many_move_it() {
    ManualClock clock = ManualClock.at(NOON);

    Race.run(
        8,
        () -> {
          for (int i = 0; i < 1000; i++) {
            clock.advance(Duration.ofMillis(1));
          }
          return true;
        });

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(8));
  }
}
