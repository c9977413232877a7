package io.engage.core.folding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Phrases that are looked for in a line, all at once and in any case. Nothing new is made on the
 * way, since nearly every line of every mail is asked.
 */
final class Phrases {
  private static final int BUCKET_BITS = 11;
  private static final int WINDOW = 4;
  private static final int SPREAD = 0x9E3779B1;
  private static final String[] NONE = {};

  /** By their first four characters, so that most places of a line need one look only. */
  private final String[] @Nullable [] byWindow = new String[1 << BUCKET_BITS][];

  /** By their first two. */
  private final String[] @Nullable [] byStart = new String[1 << BUCKET_BITS][];

  /** Words of scripts that know no case, and so short that the JDK finds them as fast. */
  private final List<String> brief = new ArrayList<>();

  private Phrases(String... phrases) {
    for (String phrase : phrases) {
      add(byStart, bucket(window(phrase, 2)), phrase);
      if (phrase.length() < WINDOW) {
        brief.add(phrase);
      } else {
        add(byWindow, bucket(window(phrase, WINDOW)), phrase);
      }
    }
  }

  /**
   * @param phrases in lower case, two characters or more each; those of less than four are found
   *     within a line in lower case only
   */
  static Phrases of(String... phrases) {
    return new Phrases(phrases);
  }

  /** Whether one of them stands anywhere in these words. */
  boolean areIn(String words) {
    int window = 0;
    for (int i = 0; i < words.length(); i++) {
      window = (window << 8) ^ lower(words.charAt(i));
      int from = i - WINDOW + 1;
      if (from >= 0 && longestAt(from, words, byWindow[bucket(window)]) > 0) {
        return true;
      }
    }
    for (int i = 0; i < brief.size(); i++) {
      if (words.contains(brief.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether these words start with one of them. */
  boolean start(String words) {
    return lengthAtStart(words) > 0;
  }

  /** How long the longest of them is that these words start with; 0 when they start with none. */
  int lengthAtStart(String words) {
    return words.length() < 2 ? 0 : longestAt(0, words, byStart[bucket(window(words, 2))]);
  }

  private static int longestAt(int from, String words, String @Nullable [] candidates) {
    if (candidates == null) {
      return 0;
    }
    int longest = 0;
    for (String candidate : candidates) {
      if (candidate.length() > longest && isAt(from, words, candidate)) {
        longest = candidate.length();
      }
    }
    return longest;
  }

  private static boolean isAt(int from, String words, String phrase) {
    if (words.length() - from < phrase.length()) {
      return false;
    }
    for (int i = 0; i < phrase.length(); i++) {
      if (lower(words.charAt(from + i)) != phrase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static void add(String[] @Nullable [] buckets, int bucket, String phrase) {
    String[] before = buckets[bucket] == null ? NONE : buckets[bucket];
    String[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = phrase;
    buckets[bucket] = after;
  }

  private static int window(String words, int length) {
    int window = 0;
    for (int i = 0; i < length; i++) {
      window = (window << 8) ^ lower(words.charAt(i));
    }
    return window;
  }

  private static int bucket(int window) {
    return (window * SPREAD) >>> (Integer.SIZE - BUCKET_BITS);
  }

  /** Each character on its own: a Turkish capital stays one, and the time stays linear. */
  private static char lower(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    return Character.toLowerCase(c);
  }
}
