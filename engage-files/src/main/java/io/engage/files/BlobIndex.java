package io.engage.files;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where each blob lies, and when it was put: 48 bytes a blob and 6 to 11 for finding it, without an
 * object for any.
 *
 * <p>Entries lie in pages that never move; an open-addressed table of their numbers leads there.
 * Not thread-safe.
 */
final class BlobIndex {
  private static final int ENTRY_WORDS = 6;
  private static final int PLACE = 4;
  private static final int SIZE = 5;
  private static final int PAGE_ENTRIES = 1 << 10;
  private static final int OFFSET_BITS = 40;
  private static final int SIZE_BITS = 36;
  private static final int FEWEST_SLOTS = 1 << 6;

  /** Senders choose digests as far as they can compute; they do not know this. */
  private final long seed = new SecureRandom().nextLong();

  private long[][] pages = new long[8][];

  /** Number of the entry plus one; zero where there is none. */
  private int[] slots = new int[FEWEST_SLOTS];

  private int entries;
  private int firstFree = -1;
  private int count;

  /**
   * Where a blob lies.
   *
   * @param putAt when it was put, in seconds
   */
  record Entry(int segment, long offset, long size, int putAt) {}

  int count() {
    return count;
  }

  @Nullable Entry find(Digest digest) {
    int slot = slotOf(digest);
    if (slots[slot] == 0) {
      return null;
    }
    int entry = slots[slot] - 1;
    long place = word(entry, PLACE);
    long size = word(entry, SIZE);
    return new Entry(
        (int) (place >>> OFFSET_BITS),
        place & ((1L << OFFSET_BITS) - 1),
        size & ((1L << SIZE_BITS) - 1),
        (int) (size >>> SIZE_BITS));
  }

  /** Sets where a blob lies, whether or not it was known. */
  void put(Digest digest, Entry at) {
    if (at.segment >= 1 << (Long.SIZE - OFFSET_BITS)
        || at.offset >= 1L << OFFSET_BITS
        || at.size >= 1L << SIZE_BITS) {
      throw new IllegalStateException(
          "Segment %d, offset %d, size %d is further than this index can count"
              .formatted(at.segment, at.offset, at.size));
    }
    int slot = slotOf(digest);
    if (slots[slot] == 0) {
      growWhenFull();
      slot = slotOf(digest);
      slots[slot] = add(digest) + 1;
      count++;
    }
    int entry = slots[slot] - 1;
    set(entry, PLACE, ((long) at.segment << OFFSET_BITS) | at.offset);
    set(entry, SIZE, ((long) at.putAt << SIZE_BITS) | at.size);
  }

  void remove(Digest digest) {
    int slot = slotOf(digest);
    if (slots[slot] == 0) {
      return;
    }
    int entry = slots[slot] - 1;
    set(entry, 0, firstFree);
    firstFree = entry;
    count--;
    closeGap(slot);
  }

  /** The slot of this digest, or the empty one where it belongs. */
  private int slotOf(Digest digest) {
    int slot = home(digest.first());
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, digest)) {
      slot = next(slot);
    }
    return slot;
  }

  private boolean isAt(int entry, Digest digest) {
    return word(entry, 0) == digest.first()
        && word(entry, 1) == digest.second()
        && word(entry, 2) == digest.third()
        && word(entry, 3) == digest.fourth();
  }

  private int home(long first) {
    long mixed = (first ^ seed) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> (Long.SIZE - Integer.numberOfTrailingZeros(slots.length)));
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  /** Moves back what stands behind a freed slot only because that one was taken. */
  private void closeGap(int freed) {
    int gap = freed;
    slots[gap] = 0;
    for (int slot = next(gap); slots[slot] != 0; slot = next(slot)) {
      int distanceFromHome = (slot - home(word(slots[slot] - 1, 0))) & (slots.length - 1);
      int distanceFromGap = (slot - gap) & (slots.length - 1);
      if (distanceFromHome >= distanceFromGap) {
        slots[gap] = slots[slot];
        slots[slot] = 0;
        gap = slot;
      }
    }
  }

  private void growWhenFull() {
    if (4L * (count + 1) < 3L * slots.length) {
      return;
    }
    int[] old = slots;
    slots = new int[Math.multiplyExact(old.length, 2)];
    for (int taken : old) {
      if (taken != 0) {
        int slot = home(word(taken - 1, 0));
        while (slots[slot] != 0) {
          slot = next(slot);
        }
        slots[slot] = taken;
      }
    }
  }

  /**
   * The first words of the digests in one stretch of entries, among them some of no digest: what
   * stays for a while is seen in the same stretch all that time.
   *
   * @return empty behind the last stretch
   */
  long[] firstsIn(int stretch) {
    int from = (int) Math.min(entries, (long) stretch * PAGE_ENTRIES);
    int to = Math.min(entries, from + PAGE_ENTRIES);
    return IntStream.range(from, to).mapToLong(entry -> word(entry, 0)).toArray();
  }

  /** All digests with this first word; as a rule one. */
  List<Digest> startingWith(long first) {
    List<Digest> found = new ArrayList<>(1);
    for (int slot = home(first); slots[slot] != 0; slot = next(slot)) {
      int entry = slots[slot] - 1;
      if (word(entry, 0) == first) {
        found.add(new Digest(first, word(entry, 1), word(entry, 2), word(entry, 3)));
      }
    }
    return found;
  }

  private int add(Digest digest) {
    int entry = freeEntry();
    set(entry, 0, digest.first());
    set(entry, 1, digest.second());
    set(entry, 2, digest.third());
    set(entry, 3, digest.fourth());
    return entry;
  }

  private int freeEntry() {
    if (firstFree >= 0) {
      int entry = firstFree;
      firstFree = (int) word(entry, 0);
      return entry;
    }
    int page = entries / PAGE_ENTRIES;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, pages.length * 2);
    }
    if (entries % PAGE_ENTRIES == 0) {
      pages[page] = new long[PAGE_ENTRIES * ENTRY_WORDS];
    }
    return entries++;
  }

  private long word(int entry, int which) {
    return pages[entry / PAGE_ENTRIES][entry % PAGE_ENTRIES * ENTRY_WORDS + which];
  }

  private void set(int entry, int which, long value) {
    pages[entry / PAGE_ENTRIES][entry % PAGE_ENTRIES * ENTRY_WORDS + which] = value;
  }
}
