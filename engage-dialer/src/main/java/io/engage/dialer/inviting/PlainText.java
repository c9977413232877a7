package io.engage.dialer.inviting;

/**
 * Takes out of a value what some calendar might take for the end of a line. Whatever is left is
 * only ever text, however loosely it is read.
 */
final class PlainText {
  private static final int REPLACEMENT = 0xfffd;

  private PlainText() {}

  /** All of it on one line. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> isControl(c) ? ' ' : whole(c)).forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  /** Line ends of every kind become {@code \n}. */
  static String lines(String text) {
    StringBuilder lines = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(c -> isLineEnd(c) ? '\n' : isControl(c) ? ' ' : whole(c))
        .forEach(lines::appendCodePoint);
    return lines.toString().strip();
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || isSeparator(c);
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) || isSeparator(c);
  }

  private static boolean isSeparator(int c) {
    return c == 0x2028 || c == 0x2029;
  }

  /** Half a character has no bytes in UTF-8. */
  private static int whole(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c;
  }
}
