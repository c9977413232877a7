package io.engage.imap.fetching;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.mailbox.UidRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UidRangesTest {
  @Test
  void neighbours_are_one_range() {
    UidRanges ranges = new UidRanges(1, 1_000_000);
    for (long uid = 1; uid <= 1_000_000; uid++) {
      ranges.add(uid);
    }

    assertThat(ranges.upTo(1_000_000)).containsExactly(new UidRange(1, 1_000_000));
  }

  @Test
  void ranges_in_any_order_that_overlap_come_out_in_order_without_overlaps() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      BitSet told = new BitSet();
      UidRanges ranges = new UidRanges(10, 90);
      for (int i = 0; i < 12; i++) {
        int one = 1 + random.nextInt(100);
        int other = Math.max(1, one + random.nextInt(9) - 4);
        ranges.add(one, other);
        told.set(Math.min(one, other), Math.max(one, other) + 1);
      }
      int end = 10 + random.nextInt(81);

      List<UidRange> found = ranges.upTo(end);

      told.clear(0, 10);
      told.clear(end + 1, 200);
      assertThat(found).isEqualTo(ranges(told));
    }
  }

  private static List<UidRange> ranges(BitSet uids) {
    List<UidRange> ranges = new ArrayList<>();
    int first = uids.nextSetBit(0);
    while (first >= 0) {
      int behind = uids.nextClearBit(first);
      ranges.add(new UidRange(first, behind - 1));
      first = uids.nextSetBit(behind);
    }
    return ranges;
  }
}
