package io.engage.dialer.inviting;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** How a calendar that shares nothing with ours reads what we wrote. */
final class OtherCalendar {
  private OtherCalendar() {}

  /** It has one calendar in it, with nothing to complain of. */
  static ICalendar read(String text) {
    try (ICalReader reader = new ICalReader(text)) {
      ICalendar calendar = reader.readNext();
      assertThat(reader.getWarnings()).isEmpty();
      assertThat(reader.readNext()).isNull();
      assertThat(calendar.validate(ICalVersion.V2_0).isEmpty()).isTrue();
      return calendar;
    } catch (IOException textDoesNotFail) {
      throw new UncheckedIOException(textDoesNotFail);
    }
  }

  /** The one event of a calendar. */
  static VEvent eventOf(ICalendar calendar) {
    assertThat(calendar.getEvents()).hasSize(1);
    return calendar.getEvents().get(0);
  }

  static Instant start(VEvent event) {
    return event.getDateStart().getValue().toInstant();
  }

  static Instant end(VEvent event) {
    return event.getDateEnd().getValue().toInstant();
  }
}
