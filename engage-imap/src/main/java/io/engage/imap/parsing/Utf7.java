package io.engage.imap.parsing;

import java.nio.charset.StandardCharsets;

/**
 * UTF-7 (RFC 2152), which some old servers still write and Java does not know. What is no UTF-7
 * stays as it stands.
 */
final class Utf7 {
  private Utf7() {}

  static String decode(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    StringBuilder decoded = new StringBuilder(length);
    int position = 0;
    for (int plus = text.indexOf('+'); plus >= 0; plus = text.indexOf('+', position)) {
      decoded.append(text, position, plus);
      int end = endOfDigits(text, plus + 1);
      boolean closed = end < text.length() && text.charAt(end) == '-';
      decoded.append(shifted(text.substring(plus + 1, end), closed));
      position = closed ? end + 1 : end;
    }
    return decoded.append(text, position, text.length()).toString();
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /** Two or three digits make the first character: a single one is none. */
  private static String shifted(String digits, boolean closed) {
    if (digits.length() < 3) {
      return "+" + digits + (closed && !digits.isEmpty() ? "-" : "");
    }
    byte[] utf16 = Base64Decoding.decode(digits);
    return new String(utf16, 0, utf16.length & ~1, StandardCharsets.UTF_16BE);
  }
}
