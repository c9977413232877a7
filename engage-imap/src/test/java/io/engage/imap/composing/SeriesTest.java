package io.engage.imap.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.OutboundCalendar;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.SharedText;
import io.engage.model.message.SharedValues;
import io.engage.spi.MailFormat.MailSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeriesTest {
  /** Whatever ends lines, breaks them, is encoded, or decides how a text is encoded. */
  private static final String[] PARTS = {
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\0",
    " ",
    "\t",
    "",
    ".",
    "=",
    "a",
    "word and word",
    "From ",
    "--=_x",
    "\u00e9",
    "\u20ac",
    "\ud83d\udeb2",
    "\ud83d",
    "\udeb2",
    "\u2028",
    "\u0001",
    "\u007f",
    "\u0416".repeat(40),
    "x".repeat(74),
    "y".repeat(75),
    "z".repeat(76),
    "w".repeat(78),
    "w".repeat(1_200),
    " ".repeat(80)
  };

  private static final String CALENDAR =
      String.join(
          "\r\n",
          "BEGIN:VCALENDAR",
          "METHOD:REQUEST",
          "SUMMARY:Gr\u00f6\u00dfe",
          "END:VCALENDAR",
          "");

  /** Of texts that can go as they are. */
  private static final String[] PLAIN = {"\n", "\n", "a", "word and word", "", "\u00e9", ". ", "w"};

  @ParameterizedTest
  @ValueSource(longs = {1, 22, 333, 4_444, 55_555})
  void whatever_stands_in_them_mails_of_a_series_have_the_bytes_of_mails_made_alone(long seed)
      throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      String[] parts = i % 3 == 0 ? PLAIN : PARTS;
      SharedText text = anyShared(random, parts);
      SharedText html = i % 4 == 0 ? null : anyShared(random, parts);
      MailSeries series = MailComposing.series(text, html);
      for (int j = 0; j < 6; j++) {
        SharedValues values = anyValues(random, parts, text, html);
        OutboundMessage message = message(text, html, values, j);

        byte[] composed = series.compose(message, values);

        assertThat(ascii(composed)).isEqualTo(ascii(MailComposing.compose(message)));
      }
    }
  }

  @Test
  void a_series_whose_texts_are_the_same_for_all_has_the_bytes_of_mails_made_alone()
      throws IOException {
    for (String all : List.of("", "Come soon", "Come soon\n", "Gr\u00fc\u00dfe", ".\n", "\n")) {
      SharedText text = new SharedText(List.of(all));
      SharedValues none = new SharedValues(List.of(), List.of());
      OutboundMessage message = message(text, text, none, 0);

      byte[] composed = MailComposing.series(text, text).compose(message, none);

      assertThat(ascii(composed)).isEqualTo(ascii(MailComposing.compose(message)));
    }
  }

  @Test
  void values_that_are_not_those_of_the_message_do_not_get_into_it() throws IOException {
    SharedText text = new SharedText(List.of("Dear ", ",\nyour bike is ready.\n"));
    SharedText html = new SharedText(List.of("<p>Dear ", ",</p>\n<p>your bike is ready.</p>\n"));
    SharedValues ofJose = new SharedValues(List.of("Jos\u00e9"), List.of("Jos\u00e9"));
    SharedValues ofAnna = new SharedValues(List.of("Anna"), List.of("Anna"));
    SharedValues none = new SharedValues(List.of(), List.of());
    MailSeries series = MailComposing.series(text, html);
    OutboundMessage toJose = message(text, html, ofJose, 0);
    OutboundMessage withoutHtml = message(text, null, ofJose, 0);

    byte[] strange = series.compose(toJose, ofAnna);

    assertThat(strange).isEqualTo(MailComposing.compose(toJose));
    assertThat(series.compose(toJose, none)).isEqualTo(strange);
    assertThat(series.compose(withoutHtml, ofJose)).isEqualTo(MailComposing.compose(withoutHtml));
    assertThat(MailComposing.series(text, null).compose(toJose, ofJose)).isEqualTo(strange);
  }

  private static String ascii(byte[] mail) {
    return new String(mail, StandardCharsets.US_ASCII);
  }

  private static SharedText anyShared(Random random, String[] parts) {
    List<String> pieces = new ArrayList<>();
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      pieces.add(anyText(random, parts, 12));
    }
    return new SharedText(pieces);
  }

  private static SharedValues anyValues(
      Random random, String[] parts, SharedText text, SharedText html) {
    return new SharedValues(
        anyValues(random, parts, text.places()),
        html == null ? List.of() : anyValues(random, parts, html.places()));
  }

  private static List<String> anyValues(Random random, String[] parts, int places) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      values.add(anyText(random, parts, 3));
    }
    return values;
  }

  private static String anyText(Random random, String[] parts, int most) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(most); count > 0; count--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  /** Of any of the shapes that a mail can have. */
  private static OutboundMessage message(
      SharedText text, SharedText html, SharedValues values, int shape) {
    Outbound message =
        new Outbound()
            .subject("Your \u00e9 bike " + "and another word ".repeat(shape * 3))
            .text(text.filled(values.text()))
            .html(html == null ? null : html.filled(values.html()));
    if (shape % 2 == 1) {
      message.file("bill.txt", "text/plain", "From here on.");
    }
    if (shape == 4) {
      message.calendar(new OutboundCalendar(OutboundCalendar.Method.REQUEST, CALENDAR));
    }
    return message.make();
  }
}
