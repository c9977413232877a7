package io.engage.imap.sending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScanningTest {
  private static final String LETTERS = "a.\r\n";

  @Test
  @Tag("G-32")
  void bytes_are_sent_as_they_are_exactly_when_stuffing_changes_nothing() throws IOException {
    for (int length = 0; length <= 7; length++) {
      for (int number = 0; number < 1 << (2 * length); number++) {
        byte[] content = content(length, number);

        boolean asItTravels = Scanning.isAsItTravels(content);

        assertThat(asItTravels)
            .as("%s of %s", number, length)
            .isEqualTo(new String(content, US_ASCII).equals(stuffed(content)));
      }
    }
  }

  @Test
  @Tag("G-32")
  void long_lines_around_them_change_nothing() throws IOException {
    for (int before = 0; before < 20; before++) {
      for (int number = 0; number < 1 << 8; number++) {
        String odd = new String(content(4, number), US_ASCII);
        String mail = "x".repeat(before) + odd + "y".repeat(19 - before) + "\r\n";

        boolean asItTravels = Scanning.isAsItTravels(mail.getBytes(US_ASCII));

        assertThat(asItTravels)
            .as("%s after %s", number, before)
            .isEqualTo(mail.equals(stuffed(mail.getBytes(US_ASCII))));
      }
    }
  }

  @Test
  @Tag("G-32")
  void a_byte_that_is_no_ascii_is_found_wherever_it_stands() {
    for (int length = 1; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        byte[] content = new byte[length];
        content[at] = (byte) 0x80;

        assertThat(Scanning.isEightBit(content, length)).isTrue();
        assertThat(Scanning.isEightBit(content, at)).isFalse();
      }
    }
  }

  /** One of all contents of that length. */
  private static byte[] content(int length, int number) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) LETTERS.charAt(number >> (2 * i) & 3);
    }
    return content;
  }

  private static String stuffed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SMTPOutputStream stuffing = new SMTPOutputStream(out);
    stuffing.write(content, 0, content.length);
    stuffing.ensureAtBOL();
    return out.toString(US_ASCII);
  }
}
