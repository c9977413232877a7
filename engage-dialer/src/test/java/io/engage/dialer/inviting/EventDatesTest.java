package io.engage.dialer.inviting;

import static io.engage.dialer.inviting.Occasions.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.EventTemplate.DateOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventDatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-04-03T10:00+02:00             | 2026-04-03T08:00:00Z",
        "2026-04-03T10:00:30+0200           | 2026-04-03T08:00:30Z",
        "2026-04-03T10:00:30.999-05         | 2026-04-03T15:00:30Z",
        "2026-04-03T10:00Z                  | 2026-04-03T10:00:00Z",
        "2026-04-03t10:00z                  | 2026-04-03T10:00:00Z",
        "2026-04-03 10:00 +02:00            | 2026-04-03T08:00:00Z",
        "20260403T100000Z                   | 2026-04-03T10:00:00Z",
        "20260403T1000                      | 2026-04-03T08:00:00Z",
        "2026-04-03T10:00                   | 2026-04-03T08:00:00Z",
        "2026-04-03T10:00:00                | 2026-04-03T08:00:00Z",
        "2026-04-03 10:00                   | 2026-04-03T08:00:00Z",
        "2026-04-03 9:05                    | 2026-04-03T07:05:00Z",
        "2026-01-03 2:30 pm                 | 2026-01-03T13:30:00Z",
        "2026-01-03 2:30PM                  | 2026-01-03T13:30:00Z",
        "2026-01-03 12:00 AM                | 2026-01-02T23:00:00Z",
        "2026-01-03 2 PM                    | 2026-01-03T13:00:00Z",
        "' \t2026-04-03 \u00a0 10:00\n'     | 2026-04-03T08:00:00Z",
      })
  void dates_that_begin_with_the_year_are_the_same_in_both_orders(String text, Instant instant) {
    assertThat(read(text, DateOrder.DAY_FIRST)).contains(new Moment.At(instant));
    assertThat(read(text, DateOrder.MONTH_FIRST)).contains(new Moment.At(instant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "03/04/2026 10:00        | 2026-04-03T08:00:00Z | 2026-03-04T09:00:00Z",
        "3/4/2026 10:00          | 2026-04-03T08:00:00Z | 2026-03-04T09:00:00Z",
        "03.04.2026 10:00        | 2026-04-03T08:00:00Z | 2026-03-04T09:00:00Z",
        "03-04-2026 10:00        | 2026-04-03T08:00:00Z | 2026-03-04T09:00:00Z",
        "03/04/2026, 10:00:00 AM | 2026-04-03T08:00:00Z | 2026-03-04T09:00:00Z",
        "03/04/2026 10:00+00:00  | 2026-04-03T10:00:00Z | 2026-03-04T10:00:00Z",
        "31/03/2026 10:00        | 2026-03-31T08:00:00Z |",
        "03/31/2026 10:00        |                      | 2026-03-31T08:00:00Z",
      })
  void the_campaign_says_whether_the_day_or_the_month_is_first(
      String text, Instant dayFirst, Instant monthFirst) {
    assertThat(read(text, DateOrder.DAY_FIRST)).isEqualTo(moment(dayFirst));
    assertThat(read(text, DateOrder.MONTH_FIRST)).isEqualTo(moment(monthFirst));
  }

  @Test
  void a_date_without_a_time_is_a_whole_day() {
    Moment day = new Moment.On(LocalDate.of(2026, 4, 3));

    assertThat(
            Stream.of("2026-04-03", "20260403", "03/04/2026", "3.4.2026", " 03-04-2026 ")
                .map(text -> read(text, DateOrder.DAY_FIRST)))
        .allSatisfy(read -> assertThat(read).contains(day));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "tomorrow",
        "10:00",
        "2026-02-29",
        "2026-02-30 10:00",
        "2026-13-01 10:00",
        "2026-04-31T10:00",
        "2026-04-03T24:00",
        "2026-04-03T10:60",
        "2026-04-03 14:30 PM",
        "2026-04-03 0:30 AM",
        "2026-4-3",
        "03/04/26 10:00",
        "3/4 10:00",
        "03/.04/2026",
        "03/04.2026",
        "2026/04/03x",
        "2026-04-03 10:00 10:00",
        "2026-04-03 10:00 tomorrow",
        "2026-04-03T10:00+25:00",
        "0026-04-03",
        "1969-12-31",
        "3000-01-01",
        "+20260-04-03",
        "-2026-04-03",
        "1775203200",
        "٢٠٢٦-٠٤-٠٣"
      })
  void what_is_no_date_in_our_times_is_not_guessed(String text) {
    assertThat(read(text, DateOrder.DAY_FIRST)).isEmpty();
    assertThat(read(text, DateOrder.MONTH_FIRST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DateOrder.class)
  void what_is_said_to_be_understood_is(DateOrder order) {
    EventDates reading = new EventDates(BERLIN, order);

    String[] examples = reading.understood().split("'");

    assertThat(examples).hasSizeGreaterThan(8);
    for (int i = 1; i < examples.length; i += 2) {
      assertThat(reading.read(examples[i])).as(examples[i]).isPresent();
    }
  }

  @Test
  void a_text_of_any_length_costs_nothing() {
    assertThat(read(" ".repeat(1_000_000) + "2026-04-03", DateOrder.DAY_FIRST)).isEmpty();
    assertThat(read("1".repeat(1_000_000), DateOrder.DAY_FIRST)).isEmpty();
  }

  @Test
  @Tag("G-51")
  @Tag("G-52")
  void in_every_zone_a_time_that_clocks_skip_or_show_twice_has_the_offset_before_the_change() {
    int changes = 0;
    for (String name : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(name);
      EventDates reading = new EventDates(zone, DateOrder.DAY_FIRST);
      Instant end = Instant.parse("2030-01-01T00:00:00Z");
      ZoneOffsetTransition change =
          zone.getRules().nextTransition(Instant.parse("2024-01-01T00:00:00Z"));
      for (; change != null && change.getInstant().isBefore(end); changes++) {
        LocalDateTime first =
            change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
        LocalDateTime within = first.plusSeconds(Math.abs(change.getDuration().toSeconds()) / 2);

        assertThat(reading.read(within.toString()))
            .as("%s in %s", within, name)
            .contains(new Moment.At(within.toInstant(change.getOffsetBefore())));

        change = zone.getRules().nextTransition(change.getInstant());
      }
    }
    assertThat(changes).isGreaterThan(1_000);
  }

  @Test
  @Tag("G-51")
  void an_event_over_a_change_of_the_clocks_is_as_long_as_it_is() {
    Map<String, String> row = Map.of("start", "2026-03-29 01:30", "end", "2026-03-29 03:30");

    String calendar = Occasions.calendar(Occasions.fixed("Night", "${start}", "${end}"), row);

    assertThat(ContentLines.of(calendar))
        .contains("DTSTART:20260329T003000Z", "DTEND:20260329T013000Z");
  }

  private static Optional<Moment> read(String text, DateOrder order) {
    return new EventDates(BERLIN, order).read(text);
  }

  private static Optional<Moment> moment(Instant instant) {
    return Optional.ofNullable(instant).map(Moment.At::new);
  }
}
