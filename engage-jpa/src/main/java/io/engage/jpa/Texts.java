package io.engage.jpa;

import java.util.HexFormat;

/**
 * Texts as they stand in columns. These hold neither NUL nor half a surrogate pair, which are
 * escaped. PostgreSQL compares by code points, where Java, and what the ports promise, compare by
 * UTF-16 units: so what comes from U+E000 to U+FFFF is moved behind all that lies outside of the
 * basic plane.
 */
final class Texts {
  /** The last of all code points, which is no character and stands in no text that people write. */
  private static final int ESCAPE = Character.MAX_CODE_POINT;

  private static final char BEHIND_SURROGATES = '\uE000';
  private static final int DIGITS = 4;
  private static final HexFormat HEX = HexFormat.of();

  private Texts() {}

  /** The same text for every column of the same text, and another one for every other text. */
  static String key(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSpecial(text.charAt(i))) {
        return escapedFrom(text, i);
      }
    }
    return text;
  }

  /** The text of which this is the {@link #key}. */
  static String text(String key) {
    int escape = key.indexOf(ESCAPE);
    if (escape < 0) {
      return key;
    }
    StringBuilder text = new StringBuilder(key.length());
    int from = 0;
    while (escape >= 0) {
      text.append(key, from, escape);
      from = unescape(key, escape + Character.charCount(ESCAPE), text);
      escape = key.indexOf(ESCAPE, from);
    }
    return text.append(key, from, key.length()).toString();
  }

  /**
   * As it is compared without regard to case, before it becomes a {@link #key}: letter by letter,
   * so that a letter is the same wherever in a word it stands.
   */
  static String caseless(String text) {
    StringBuilder caseless = new StringBuilder(text.length());
    text.codePoints()
        .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
        .forEach(caseless::appendCodePoint);
    return caseless.toString();
  }

  private static boolean isSpecial(char unit) {
    return unit == 0 || unit >= Character.MIN_SURROGATE;
  }

  private static String escapedFrom(String text, int first) {
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
    int i = first;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      escape(point, escaped);
      i += Character.charCount(point);
    }
    return escaped.toString();
  }

  private static void escape(int point, StringBuilder escaped) {
    if (point == 0 || isHalf(point)) {
      escaped.appendCodePoint(ESCAPE).append(HEX.toHexDigits((char) point));
    } else if (point == ESCAPE || (point >= BEHIND_SURROGATES && Character.isBmpCodePoint(point))) {
      escaped.appendCodePoint(ESCAPE).appendCodePoint(point);
    } else {
      escaped.appendCodePoint(point);
    }
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /**
   * @return where it goes on behind what was escaped
   */
  private static int unescape(String key, int from, StringBuilder text) {
    int point = key.codePointAt(from);
    if (point < BEHIND_SURROGATES) {
      text.append((char) Integer.parseInt(key, from, from + DIGITS, 16));
      return from + DIGITS;
    }
    text.appendCodePoint(point);
    return from + Character.charCount(point);
  }
}
