package io.engage.core.classifying;

import java.util.Locale;

/** Text as the tables of phrases are written. */
final class Words {
  private Words() {}

  /** In lower case, with single blanks and straight apostrophes. */
  static String plain(CharSequence text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean white = Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f';
      if (!white || !blank) {
        plain.append(white ? ' ' : c == '’' ? '\'' : c);
      }
      blank = white;
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
