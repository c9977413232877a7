package io.engage.core.classifying;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a text has any of many stems, in one walk over it: most mails have none, and then the
 * long tables need not be asked.
 */
final class PhraseHints {
  private static final int SLOTS = 4_096;

  private static final String[] NONE = {};

  /** Arrays, since nearly every letter of every mail asks: nothing new is made on the way. */
  private final String[][] byBeginning = new String[SLOTS][];

  /**
   * @param stems in lower case, of at least two letters
   */
  PhraseHints(List<String> stems) {
    Arrays.fill(byBeginning, NONE);
    for (String stem : stems) {
      int slot = slot(stem.charAt(0), stem.charAt(1));
      String[] same = Arrays.copyOf(byBeginning[slot], byBeginning[slot].length + 1);
      same[same.length - 1] = stem.toLowerCase(Locale.ROOT);
      byBeginning[slot] = same;
    }
  }

  /** Whether one stands in the first {@code limit} letters of {@code text}, in any case. */
  boolean occurIn(String text, int limit) {
    int end = Math.min(text.length(), limit) - 1;
    char next = end > 0 ? Character.toLowerCase(text.charAt(0)) : 0;
    for (int i = 0; i < end; i++) {
      char first = next;
      next = Character.toLowerCase(text.charAt(i + 1));
      for (String stem : byBeginning[slot(first, next)]) {
        if (text.regionMatches(true, i, stem, 0, stem.length())) {
          return true;
        }
      }
    }
    return false;
  }

  private static int slot(char first, char second) {
    return (first * 31 + second) & (SLOTS - 1);
  }
}
