package io.engage.imap.parsing;

/** Two hexadecimal digits, as quoted-printable and RFC 2231 write a byte. */
final class Hex {
  private Hex() {}

  /** The byte that the two digits at {@code index} stand for; -1 when they are none. */
  static int at(CharSequence text, int index) {
    if (index + 1 >= text.length()) {
      return -1;
    }
    int high = digit(text.charAt(index));
    int low = digit(text.charAt(index + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
