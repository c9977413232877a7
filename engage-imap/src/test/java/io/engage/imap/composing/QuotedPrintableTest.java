package io.engage.imap.composing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuotedPrintableTest {
  private static final String[] PIECES = {
    "\r\n",
    "\r\n",
    " ",
    " ",
    "\t",
    ".",
    "..",
    "=",
    "==",
    "a",
    "word",
    "From ",
    "--=_x",
    "=20",
    "\u00e9",
    "\u20ac",
    "\ud83d\udeb2",
    "\u0001",
    "\u007f",
    "~",
    "!",
    "x".repeat(74),
    "y".repeat(75),
    "z".repeat(76),
    "q".repeat(71) + "=",
    " ".repeat(80),
    ".".repeat(30)
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 22, 333, 4_444, 55_555})
  void texts_of_all_kinds_have_the_bytes_that_mime4j_gives_them(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 4_000; i++) {
      byte[] text = anyText(random);

      byte[] encoded = QuotedPrintable.encoded(text);

      assertThat(encoded).isEqualTo(byMime4j(text));
      assertThat(decoded(encoded)).isEqualTo(text);
    }
  }

  @Test
  void each_byte_at_each_place_of_a_line_has_the_bytes_that_mime4j_gives_it() throws IOException {
    for (int b = 0; b < 256; b++) {
      for (int before = 70; before < 80; before++) {
        byte[] text = ("a\r\n" + "x".repeat(before) + " yz").getBytes(StandardCharsets.US_ASCII);
        text[text.length - 3] = (byte) b;
        if (b != '\r' && b != '\n') {
          assertThat(QuotedPrintable.encoded(text)).isEqualTo(byMime4j(text));
        }
      }
    }
  }

  @Test
  void a_text_of_escapes_alone_finds_room() throws IOException {
    byte[] text = "=".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    byte[] encoded = QuotedPrintable.encoded(text);

    assertThat(encoded).isEqualTo(byMime4j(text));
  }

  private static byte[] anyText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(60); pieces > 0; pieces--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] byMime4j(byte[] text) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (QuotedPrintableOutputStream out = new QuotedPrintableOutputStream(encoded, false)) {
      out.write(text);
    }
    boolean ended = text.length > 0 && text[text.length - 1] == '\n';
    encoded.writeBytes((ended ? "" : "=\r\n").getBytes(StandardCharsets.US_ASCII));
    return encoded.toByteArray();
  }

  private static byte[] decoded(byte[] encoded) throws IOException {
    try (QuotedPrintableInputStream in =
        new QuotedPrintableInputStream(new ByteArrayInputStream(encoded))) {
      return in.readAllBytes();
    }
  }
}
