package io.engage.memory;

/** Looks for words without regard to case, and without copying what is looked through. */
final class Text {
  private Text() {}

  static boolean contains(String text, String word) {
    for (int start = 0; start <= text.length() - word.length(); start++) {
      if (text.regionMatches(true, start, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  static boolean startsWith(String text, String word) {
    return text.regionMatches(true, 0, word, 0, word.length());
  }
}
