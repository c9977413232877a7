package io.engage.model.message;

import static io.engage.model.message.OutboundCalendar.Method.CANCEL;
import static io.engage.model.message.OutboundCalendar.Method.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-7")
@Tag("G-52")
class OutboundCalendarTest {

  @Test
  void the_calendar_and_its_mail_say_the_same_method() {
    assertThat(new OutboundCalendar(REQUEST, calendar("METHOD:REQUEST")).method())
        .isEqualTo(REQUEST);
    assertThatThrownBy(() -> new OutboundCalendar(CANCEL, calendar("METHOD:REQUEST")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("METHOD:CANCEL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VERSION:2.0",
        "METHOD:REQUEST\r\nMETHOD:REQUEST",
        "METHOD:REQUEST\r\nmethod:CANCEL",
        "METHOD;X=1:REQUEST",
        "METHOD:REQUESTED",
        "SUMMARY:a\r\n METHOD:REQUEST"
      })
  void a_calendar_whose_method_is_missing_or_not_plain_is_refused(String lines) {
    assertThatThrownBy(() -> new OutboundCalendar(REQUEST, calendar(lines)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "METHOD:REQUEST\r\n",
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n",
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR"
      })
  void what_is_no_calendar_is_refused(String text) {
    assertThatThrownBy(() -> new OutboundCalendar(REQUEST, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RFC 5545");
  }

  @Test
  void a_calendar_that_no_program_would_take_is_refused() {
    String lines = "METHOD:REQUEST\r\n" + "X-A:b\r\n".repeat(50_000) + "X-B:c";

    assertThatThrownBy(() -> new OutboundCalendar(REQUEST, calendar(lines)))
        .hasMessageContaining("at most");
  }

  @Test
  @Tag("G-34")
  void it_does_not_print_what_it_says() {
    assertThat(new OutboundCalendar(REQUEST, calendar("METHOD:REQUEST\r\nSUMMARY:secret")))
        .asString()
        .doesNotContain("secret");
  }

  private static String calendar(String lines) {
    return "BEGIN:VCALENDAR\r\n" + lines + "\r\nEND:VCALENDAR\r\n";
  }
}
