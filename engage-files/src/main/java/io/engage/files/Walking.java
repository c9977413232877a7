package io.engage.files;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what is kept in the order of digests. The order is made once for a walk, 8 bytes a
 * blob, and given up at its end, so that a walk of many pages takes as long as its blobs are many.
 */
final class Walking {
  private static final long[] NONE = {};

  private final Shelf shelf;

  /** First words of digests, their highest bit turned so that they sort as digests do. */
  private long[] order = NONE;

  private @Nullable Digest reached;

  Walking(Shelf shelf) {
    this.shelf = shelf;
  }

  synchronized List<Digest> putBefore(Duration ago, @Nullable Digest after, int limit) {
    if (after == null || !after.equals(reached)) {
      order = sorted();
    }
    List<Digest> page = page(ago, after, limit);
    reached = page.isEmpty() ? null : page.get(page.size() - 1);
    if (page.isEmpty()) {
      order = NONE;
    }
    return page;
  }

  private List<Digest> page(Duration ago, @Nullable Digest after, int limit) {
    List<Digest> page = new ArrayList<>();
    int from = after == null ? 0 : placeOf(after.first());
    for (int i = from; i < order.length && page.size() < limit; i++) {
      if (i == from || order[i] != order[i - 1]) {
        page.addAll(shelf.putBefore(ago, turned(order[i]), after));
      }
    }
    // Those that share a first word may be more than there is room for.
    return List.copyOf(page.subList(0, Math.min(limit, page.size())));
  }

  /** Where this word stands, the first of equal ones, or what is behind it. */
  private int placeOf(long first) {
    int place = Arrays.binarySearch(order, turned(first));
    int at = place < 0 ? -place - 1 : place;
    while (at > 0 && at < order.length && order[at - 1] == order[at]) {
      at--;
    }
    return at;
  }

  /** In short stretches, so that writers do not wait. */
  private long[] sorted() {
    long[] words = new long[Math.max(1 << 10, shelf.count())];
    int size = 0;
    long[] some = shelf.firstsIn(0);
    for (int stretch = 1; some.length > 0; stretch++) {
      words = size + some.length > words.length ? Arrays.copyOf(words, words.length * 2) : words;
      for (long first : some) {
        words[size++] = turned(first);
      }
      some = shelf.firstsIn(stretch);
    }
    Arrays.sort(words, 0, size);
    return Arrays.copyOf(words, size);
  }

  private static long turned(long word) {
    return word ^ Long.MIN_VALUE;
  }
}
