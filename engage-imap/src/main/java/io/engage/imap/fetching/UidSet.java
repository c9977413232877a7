package io.engage.imap.fetching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Writes UIDs as sets ({@code 3:7,9}) that fit into a command line. */
final class UidSet {
  /** RFC 7162 section 4 allows 8192 octets a line; some older servers take less. */
  private static final int LONGEST = 6_000;

  private UidSet() {}

  /** All of {@code uids} as one set. */
  static String of(Collection<Long> uids) {
    return String.join(",", ranges(uids));
  }

  /** All of {@code uids}, in as few sets as lines can hold. */
  static List<String> split(Collection<Long> uids) {
    List<String> sets = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String range : ranges(uids)) {
      if (line.length() + range.length() >= LONGEST) {
        sets.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : ",").append(range);
    }
    if (line.length() > 0) {
      sets.add(line.toString());
    }
    return sets;
  }

  private static List<String> ranges(Collection<Long> uids) {
    List<String> ranges = new ArrayList<>();
    long first = -1;
    long last = -1;
    for (long uid : new TreeSet<>(uids)) {
      if (last >= 0 && uid == last + 1) {
        last = uid;
        continue;
      }
      add(ranges, first, last);
      first = uid;
      last = uid;
    }
    add(ranges, first, last);
    return ranges;
  }

  private static void add(List<String> ranges, long first, long last) {
    if (first >= 0) {
      ranges.add(first == last ? Long.toString(first) : first + ":" + last);
    }
  }
}
