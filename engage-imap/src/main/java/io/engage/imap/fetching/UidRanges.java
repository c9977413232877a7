package io.engage.imap.fetching;

import io.engage.model.mailbox.UidRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which UIDs of a window a server has told of. Servers mostly tell them in ascending order, so that
 * neighbours become one range at once; any other order is sorted in the end.
 */
final class UidRanges {
  private final long from;
  private final long to;
  private final List<UidRange> ranges = new ArrayList<>();
  private long first;
  private long last;

  UidRanges(long from, long to) {
    this.from = from;
    this.to = to;
  }

  void add(long uid) {
    add(uid, uid);
  }

  /** The ends of a range may come in either order (RFC 3501 section 9, seq-range). */
  void add(long one, long other) {
    long low = Math.max(from, Math.min(one, other));
    long high = Math.min(to, Math.max(one, other));
    if (low > high) {
      return;
    }
    if (first > 0 && low >= first && low <= last + 1) {
      last = Math.max(last, high);
      return;
    }
    keepLast();
    first = low;
    last = high;
  }

  private void keepLast() {
    if (first > 0) {
      ranges.add(new UidRange(first, last));
    }
  }

  /** All up to {@code end}, in ascending order, without overlaps. */
  List<UidRange> upTo(long end) {
    keepLast();
    List<UidRange> told = List.copyOf(ranges);
    ranges.clear();
    first = 0;
    told.stream()
        .sorted(Comparator.comparingLong(UidRange::first))
        .filter(range -> range.first() <= end)
        .forEach(range -> add(range.first(), Math.min(end, range.last())));
    keepLast();
    first = 0;
    return List.copyOf(ranges);
  }
}
