package io.engage.imap.fetching;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.fetching.SizeQuery.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-12")
class PlannedBatchTest {
  private static final FetchLimits LIMITS = new FetchLimits(3_000, 4, 2_000, 1L << 20);

  @Test
  void a_window_without_mails_makes_no_batch() {
    assertThat(decide()).isEmpty();
  }

  @Test
  void batches_are_bounded_by_bytes_and_by_count_and_cover_the_whole_window() {
    List<PlannedBatch> batches = decide(1_000, 1_500, 1_000, 1, 1, 1, 1, 1);

    assertThat(batches)
        .extracting(batch -> List.copyOf(batch.small().keySet()))
        .containsExactly(List.of(10L, 20L), List.of(30L, 40L, 50L, 60L), List.of(70L, 80L));
    assertThat(batches).extracting(PlannedBatch::upToUid).containsExactly(29L, 69L, 100L);
  }

  @Test
  void a_large_mail_ends_its_batch_and_its_bytes_do_not_count() {
    List<PlannedBatch> batches = decide(100, 5_000, 100, 9_000_000, 5_000);

    assertThat(batches)
        .extracting(batch -> List.copyOf(batch.small().keySet()))
        .containsExactly(List.of(10L), List.of(30L), List.of());
    assertThat(batches)
        .extracting(batch -> List.copyOf(batch.large().keySet()))
        .containsExactly(List.of(20L), List.of(40L), List.of(50L));
    assertThat(batches).extracting(PlannedBatch::upToUid).containsExactly(29L, 49L, 100L);
  }

  /** Mails of these sizes, with the UIDs 10, 20 and so on, in a window up to 100. */
  private static List<PlannedBatch> decide(long... sizes) {
    TreeMap<Long, Long> mails = new TreeMap<>();
    for (int i = 0; i < sizes.length; i++) {
      mails.put(10L * (i + 1), sizes[i]);
    }
    return new ArrayList<>(PlannedBatch.decide(new Window(1, 100, mails), LIMITS));
  }
}
