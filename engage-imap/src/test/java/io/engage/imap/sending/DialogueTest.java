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
class DialogueTest {
  private static final String LETTERS = "a.\r\n";

  @Test
  @Tag("G-32")
  void bytes_are_sent_as_they_are_exactly_when_stuffing_changes_nothing() throws IOException {
    for (int length = 0; length <= 7; length++) {
      for (int number = 0; number < 1 << (2 * length); number++) {
        byte[] content = content(length, number);

        boolean asItTravels = Dialogue.isAsItTravels(content);

        assertThat(asItTravels)
            .as("%s of %s", number, length)
            .isEqualTo(new String(content, US_ASCII).equals(stuffed(content)));
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
