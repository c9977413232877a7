package io.engage.memory;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Ascending places in a long list, four bytes each. */
final class Positions {
  private static final Positions NONE = new Positions();

  private int[] places = new int[2];
  private int count;

  static Positions none() {
    return NONE;
  }

  void add(int place) {
    if (count == places.length) {
      places = Arrays.copyOf(places, Math.multiplyExact(count, 2));
    }
    places[count++] = place;
  }

  /** Those behind a place, ascending. */
  IntStream after(int place) {
    int found = Arrays.binarySearch(places, 0, count, place);
    return Arrays.stream(places, found < 0 ? -found - 1 : found + 1, count);
  }
}
