package io.engage.dialer.listing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at characters of a cell. */
final class Text {
  /** The longest name of a variable. */
  static final int LONGEST_NAME = 64;

  private static final int LONGEST_BRIEF = 40;
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*+(?: [\\p{L}\\p{N}_.-]++)*+");

  private Text() {}

  /** Whether {@code c} stands at {@code index}, which may be beyond the end. */
  static boolean isAt(String text, int index, char c) {
    return index < text.length() && text.charAt(index) == c;
  }

  /** The first index from {@code from} on that is no blank; a separator is none. */
  static int afterBlanks(String text, int from, char separator) {
    int at = from;
    while (at < text.length() && text.charAt(at) != separator && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the name that begins at {@code from} ends; -1 when none begins there. */
  static int nameEnd(String text, int from) {
    int end = Math.min(text.length(), from + LONGEST_NAME + 1);
    if (from >= end) {
      return -1;
    }
    Matcher name = NAME.matcher(text).region(from, end);
    return name.lookingAt() && name.end() - from <= LONGEST_NAME ? name.end() : -1;
  }

  /** Short and in one line, so that a problem can repeat it. */
  static String brief(String text) {
    int end = Math.min(text.length(), LONGEST_BRIEF);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String begin = replaced(text.substring(0, end), "");
    return end < text.length() ? begin + "…" : begin;
  }

  /** The same in quotes. */
  static String quoted(String text) {
    return "'" + brief(text) + "'";
  }

  /** Whether a mail and all that keeps it can hold {@code text}. */
  static boolean isClean(String text, String allowed) {
    for (int i = 0; i < text.length(); i++) {
      if (isForbidden(text.charAt(i), allowed)) {
        return false;
      }
    }
    return true;
  }

  /** With U+FFFD for what is forbidden. */
  static String replaced(String text, String allowed) {
    if (isClean(text, allowed)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.chars().forEach(c -> clean.append(isForbidden((char) c, allowed) ? '\uFFFD' : (char) c));
    return clean.toString();
  }

  private static boolean isForbidden(char c, String allowed) {
    return (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') && allowed.indexOf(c) < 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u00A0';
  }
}
