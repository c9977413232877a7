package io.engage.core.classifying;

import java.util.List;
import java.util.Locale;

/** Text as the tables of phrases are written. */
final class Words {
  private Words() {}

  /** In lower case, with single blanks and straight apostrophes. */
  static String plain(CharSequence text) {
    char[] plain = new char[text.length()];
    int length = 0;
    boolean blank = false;
    for (int i = 0; i < plain.length; i++) {
      char c = text.charAt(i);
      boolean white = isWhite(c);
      if (!white || !blank) {
        plain[length++] = white ? ' ' : c == '’' ? '\'' : c;
      }
      blank = white;
    }
    return new String(plain, 0, length).toLowerCase(Locale.ROOT);
  }

  /** A loop, since every mail is asked for hundreds of phrases. */
  static boolean containAny(String text, List<String> phrases) {
    for (String phrase : phrases) {
      if (text.contains(phrase)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWhite(char c) {
    return c < '\u007f'
        ? c == ' ' || (c < ' ' && Character.isWhitespace(c))
        : Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f';
  }
}
