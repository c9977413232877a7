package io.engage.imap.composing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * How a text travels: as it is where that is safe, else in quoted-printable, in base64 where most
 * of it is not ASCII.
 *
 * @param name of the Content-Transfer-Encoding
 * @param bytes encoded, with a line end at the end
 */
record TextEncoding(String name, byte[] bytes) {
  private static final int WIDTH = 78;
  private static final int LONGEST_LINE = 998;
  private static final byte[] DOT = {'.'};
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};
  private static final byte[] BOUNDARY = {'-', '-', '=', '_'};

  /** Line ends of every kind become CRLF. */
  static TextEncoding of(String text) {
    byte[] bytes = normal(text);
    if (isSafe(bytes)) {
      return new TextEncoding("7bit", bytes);
    }
    return isMostlyAscii(bytes)
        ? new TextEncoding("quoted-printable", QuotedPrintable.encoded(bytes))
        : new TextEncoding("base64", base64(bytes));
  }

  static byte[] base64(byte[] bytes) {
    byte[] lines = Base64.getMimeEncoder().encode(bytes);
    byte[] ended = Arrays.copyOf(lines, lines.length + 2);
    ended[lines.length] = '\r';
    ended[lines.length + 1] = '\n';
    return ended;
  }

  /** Whether a mail can be sent within another one as it is. */
  static boolean isPlainMail(byte[] content, String boundary) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int length = 0;
    for (int i = 0; i < content.length; i++) {
      byte b = content[i];
      boolean lineEnd = b == '\n';
      boolean carriageReturn = i > 0 && content[i - 1] == '\r';
      length = lineEnd ? 0 : length + 1;
      if (b <= 0 || lineEnd != carriageReturn || length > LONGEST_LINE) {
        return false;
      }
    }
    return text.endsWith("\r\n") && !text.contains(boundary);
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

  /**
   * No server or mailbox format on the way touches such text: short lines of printable ASCII, none
   * of which looks like the end of a mail, the begin of another or a boundary, or ends in a blank.
   */
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

  private static boolean isMostlyAscii(byte[] bytes) {
    int others = 0;
    for (byte b : bytes) {
      others += b < 0 ? 1 : 0;
    }
    return others <= bytes.length / 4;
  }
}
