package io.engage.imap.parsing;

import java.nio.charset.StandardCharsets;

/**
 * The value of a header field, from its bytes: unfolded, on one line, without control characters.
 */
final class HeaderText {
  private static final byte ESCAPE = 0x1b;

  private HeaderText() {}

  /**
   * @param charset of what is unencoded and not UTF-8
   */
  static String of(byte[] bytes, int from, int to, HeaderCharset charset) {
    int start = from;
    while (start < to && isBlank(bytes[start])) {
      start++;
    }
    byte[] unfolded = new byte[to - start];
    int length = 0;
    int highest = 0;
    for (int i = start; i < to; i++) {
      byte b = bytes[i];
      if (b != '\r' && b != '\n') {
        unfolded[length++] = isControl(b) ? (byte) ' ' : b;
        highest |= b == ESCAPE ? 0x80 : b;
      }
    }
    while (length > 0 && isBlank(unfolded[length - 1])) {
      length--;
    }
    String text =
        (highest & 0x80) == 0
            ? new String(unfolded, 0, length, StandardCharsets.ISO_8859_1)
            : Charsets.guess(unfolded, length, charset.find());
    return withoutControls(text).strip();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /**
   * Escape stays until the characters are decoded: ISO-2022-JP stands unencoded in some headers.
   */
  private static boolean isControl(byte b) {
    return (b >= 0 && b < ' ' && b != '\t' && b != ESCAPE) || b == 127;
  }

  /** The same text with blanks for control characters and line separators. */
  static String withoutControls(String text) {
    int i = 0;
    while (i < text.length() && !isControl(text.charAt(i))) {
      i++;
    }
    return i == text.length() ? text : replaced(text);
  }

  private static String replaced(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean.append(isControl(c) ? ' ' : c);
    }
    return clean.toString();
  }

  private static boolean isControl(char c) {
    return (c != '\t' && Character.isISOControl(c)) || c == '\u2028' || c == '\u2029';
  }
}
