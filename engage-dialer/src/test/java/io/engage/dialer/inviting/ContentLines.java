package io.engage.dialer.inviting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * RFC 5545 as it is written, without a library: octets, line ends, folds, what may stand in a line,
 * and which lines an event has.
 */
final class ContentLines {
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Z-]+(?:;[A-Z-]+=(?:\"[^\"\\p{Cntrl}]*\"|[^\";:,\\p{Cntrl}]*))*:[^\\p{Cntrl}]*");

  private ContentLines() {}

  /** The unfolded lines of a calendar that keeps every rule. */
  static List<String> of(String calendar) {
    assertThat(calendar).endsWith("\r\n");
    assertThat(calendar.replace("\r\n", "")).doesNotContain("\r", "\n");
    List<String> unfolded = new ArrayList<>();
    for (String line : calendar.split("\r\n")) {
      assertWhole(line);
      if (line.startsWith(" ")) {
        unfolded.set(unfolded.size() - 1, unfolded.get(unfolded.size() - 1) + line.substring(1));
      } else {
        unfolded.add(line);
      }
    }
    assertThat(unfolded).allSatisfy(line -> assertThat(line).matches(FORM));
    return unfolded;
  }

  /** What stands before the value or the parameters of each line. */
  static List<String> names(String calendar) {
    return of(calendar).stream()
        .map(line -> line.startsWith("BEGIN") || line.startsWith("END") ? line : name(line))
        .toList();
  }

  private static String name(String line) {
    return line.split("[;:]", 2)[0];
  }

  /** A line of at most 75 octets that begins and ends with a whole character. */
  private static void assertWhole(String line) {
    byte[] octets = line.getBytes(UTF_8);
    assertThat(octets.length).isLessThanOrEqualTo(75);
    try {
      assertThat(UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString()).isEqualTo(line);
      assertThat(UTF_8.newEncoder().canEncode(line)).isTrue();
    } catch (CharacterCodingException cut) {
      throw new AssertionError("A fold cuts a character", cut);
    }
  }
}
