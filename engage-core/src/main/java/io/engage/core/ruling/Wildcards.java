package io.engage.core.ruling;

import io.engage.model.rule.TextMatch;
import io.engage.model.rule.TextMatch.Mode;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Compares texts as a {@link TextMatch} says, without regard to case and to how accents are
 * written. All ways of comparing are one: a row of characters with gaps of any length between, of
 * which all places that may have been reached so far are kept in a row of bits. So the time is
 * linear in the text whatever the pattern is, and nothing is ever tried again.
 */
final class Wildcards {
  private static final int BITS = Long.SIZE;

  private final Map<Integer, long[]> places = new HashMap<>();
  private final long[] anyCharacter;
  private final long[] gaps;
  private final int length;

  private Wildcards(int[] pattern, BitSet wild, BitSet gapsBefore) {
    length = pattern.length;
    int words = length / BITS + 1;
    anyCharacter = words(wild, words);
    gaps = words(gapsBefore, words);
    for (int i = 0; i < length; i++) {
      if (!wild.get(i)) {
        long[] of = places.computeIfAbsent(pattern[i], any -> anyCharacter.clone());
        of[i / BITS] |= 1L << (i % BITS);
      }
    }
  }

  static boolean decide(TextMatch match, String text) {
    return of(match).isFoundIn(text);
  }

  private static Wildcards of(TextMatch match) {
    int[] wanted = Normalizer.normalize(match.value(), Normalizer.Form.NFC).codePoints().toArray();
    boolean isPattern = match.mode() == Mode.LIKE;
    int[] characters = new int[wanted.length];
    BitSet wild = new BitSet();
    BitSet gaps = new BitSet();
    int count = 0;
    for (int each : wanted) {
      if (isPattern && each == '*') {
        gaps.set(count);
      } else {
        wild.set(count, isPattern && each == '?');
        characters[count++] = folded(each);
      }
    }
    gaps.set(0, gaps.get(0) || mayStartAnywhere(match.mode()));
    gaps.set(count, gaps.get(count) || mayEndAnywhere(match.mode()));
    return new Wildcards(Arrays.copyOf(characters, count), wild, gaps);
  }

  private static boolean mayStartAnywhere(Mode mode) {
    return mode == Mode.CONTAINS || mode == Mode.ENDS_WITH;
  }

  private static boolean mayEndAnywhere(Mode mode) {
    return mode == Mode.CONTAINS || mode == Mode.STARTS_WITH;
  }

  private boolean isFoundIn(String text) {
    long[] reached = new long[gaps.length];
    reached[0] = 1;
    PrimitiveIterator.OfInt characters =
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().iterator();
    while (characters.hasNext() && !isSettled(reached)) {
      step(reached, places.getOrDefault(folded(characters.nextInt()), anyCharacter));
    }
    return has(reached, length) && (!characters.hasNext() || has(gaps, length));
  }

  /** Whether the end is reached and may be followed by anything, or nothing can be reached. */
  private boolean isSettled(long[] reached) {
    return has(reached, length) && has(gaps, length) || isEmpty(reached);
  }

  /** Each place goes on when its character is this one, and stays when a gap stands there. */
  private void step(long[] reached, long[] matching) {
    long carry = 0;
    for (int i = 0; i < reached.length; i++) {
      long going = reached[i] & matching[i];
      reached[i] = (going << 1) | carry | (reached[i] & gaps[i]);
      carry = going >>> (BITS - 1);
    }
  }

  private static boolean has(long[] bits, int place) {
    return (bits[place / BITS] & 1L << (place % BITS)) != 0;
  }

  private static boolean isEmpty(long[] bits) {
    for (long each : bits) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static long[] words(BitSet bits, int words) {
    return Arrays.copyOf(bits.toLongArray(), words);
  }

  private static int folded(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
