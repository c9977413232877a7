package io.engage.jpa;

import java.util.Locale;

/** Texts as they stand in columns, which hold neither NUL nor half a surrogate pair. */
final class Texts {
  /** No text that people write has this private character; one that has it is escaped too. */
  private static final char ESCAPE = '\uE0FF';

  private Texts() {}

  /** The same text for every column of the same text, and another one for every other text. */
  static String key(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (needsEscape(text, i)) {
        return escaped(text);
      }
    }
    return text;
  }

  /** The text of which that is the {@link #key}. */
  static String text(String key) {
    int escape = key.indexOf(ESCAPE);
    if (escape < 0) {
      return key;
    }
    StringBuilder text = new StringBuilder(key.length());
    int from = 0;
    while (escape >= 0) {
      int end = escape + 5;
      text.append(key, from, escape);
      text.append((char) Integer.parseInt(key, escape + 1, end, 16));
      from = end;
      escape = key.indexOf(ESCAPE, from);
    }
    return text.append(key, from, key.length()).toString();
  }

  /** As it is compared without regard to case, before it becomes a {@link #key}. */
  static String caseless(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (needsEscape(text, i)) {
        escaped.append(ESCAPE).append("%04x".formatted((int) unit));
      } else {
        escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  private static boolean needsEscape(String text, int i) {
    char unit = text.charAt(i);
    return unit == 0 || unit == ESCAPE || (Character.isSurrogate(unit) && !isInPair(text, i));
  }

  private static boolean isInPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
