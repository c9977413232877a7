package io.engage.imap.composing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines of a text in UTF-8, each ended by CRLF but for the last one of the text; and all that
 * the choice of an encoding has to know about them. They are encoded the same way whatever lines
 * stand around them.
 */
final class TextLines {
  private static final int WIDTH = 78;
  private static final byte[] DOT = {'.'};
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
  private static final byte[] BOUNDARY = {'-', '-', '=', '_'};

  private final byte[] bytes;
  private final boolean first;
  private final boolean last;
  private final boolean safe;
  private final byte @Nullable [] quoted;

  private TextLines(
      byte[] bytes, boolean first, boolean last, boolean safe, byte @Nullable [] quoted) {
    this.bytes = bytes;
    this.first = first;
    this.last = last;
    this.safe = safe;
    this.quoted = quoted;
  }

  /**
   * Line ends of every kind become CRLF.
   *
   * @param first whether the text begins with these lines
   * @param last whether it ends with them; all others end in a line feed
   */
  static TextLines of(String lines, boolean first, boolean last) {
    byte[] bytes = normal(lines);
    return new TextLines(bytes, first, last, isSafe(bytes), null);
  }

  /** The same, encoded once for all its uses. */
  TextLines prepared() {
    return new TextLines(bytes, first, last, safe, quoted());
  }

  byte[] bytes() {
    return bytes;
  }

  /**
   * No server or mailbox format on the way touches such text: short lines of printable ASCII, none
   * of which looks like the end of a mail, the begin of another or a boundary, or ends in a blank.
   */
  boolean isSafe() {
    return safe;
  }

  byte[] quoted() {
    return quoted == null ? QuotedPrintable.encoded(bytes, first, last) : quoted;
  }

  /** How many bytes are not ASCII. */
  int others() {
    int others = 0;
    for (byte b : bytes) {
      others += b < 0 ? 1 : 0;
    }
    return others;
  }

  private static byte[] normal(String text) {
    boolean unusual = text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0;
    return unusual
        ? normalised(text).getBytes(StandardCharsets.UTF_8)
        : withCarriageReturns(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] withCarriageReturns(byte[] text) {
    int ends = 0;
    for (byte b : text) {
      ends += b == '\n' ? 1 : 0;
    }
    byte[] lines = new byte[text.length + ends];
    int size = 0;
    for (byte b : text) {
      if (b == '\n') {
        lines[size++] = '\r';
      }
      lines[size++] = b;
    }
    return lines;
  }

  private static String normalised(String text) {
    StringBuilder lines = new StringBuilder(text.length() + 64);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        lines.append("\r\n");
      } else if (c != '\r' && c != '\0') {
        lines.append(c);
      }
    }
    return lines.toString();
  }

  private static boolean isSafe(byte[] lines) {
    int begin = 0;
    for (int i = 0; i < lines.length; i++) {
      byte b = lines[i];
      if (b == '\r') {
        if (!isSafeLine(lines, begin, i)) {
          return false;
        }
        i++;
        begin = i + 1;
      } else if ((b < ' ' && b != '\t') || b == 127) {
        return false;
      }
    }
    return begin == lines.length;
  }

  private static boolean isSafeLine(byte[] lines, int begin, int end) {
    return end - begin <= WIDTH
        && (begin == end || (lines[end - 1] != ' ' && lines[end - 1] != '\t'))
        && !startsWith(lines, begin, end, DOT)
        && !startsWith(lines, begin, end, FROM)
        && !startsWith(lines, begin, end, BOUNDARY);
  }

  private static boolean startsWith(byte[] lines, int begin, int end, byte[] prefix) {
    int until = begin + prefix.length;
    return until <= end && Arrays.equals(lines, begin, until, prefix, 0, prefix.length);
  }
}
