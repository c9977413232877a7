package io.engage.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.ContentDigest;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-8")
class WalkingTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private SegmentBlobStore store;

  @BeforeEach
  void open() {
    store = SegmentBlobStore.open(folder, SegmentBlobStore.Options.STANDARD, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void thousands_are_walked_through_in_the_order_of_their_digests() throws IOException {
    List<ContentDigest> put = putSome(5000);
    clock.advance(Duration.ofDays(2));

    List<ContentDigest> walked = walked();

    put.sort(Comparator.comparing(ContentDigest::value));
    assertThat(walked).containsExactlyElementsOf(put);
  }

  @Test
  void what_a_process_left_that_died_is_found_at_once_by_the_next_one() throws IOException {
    List<ContentDigest> put = putSome(3);
    store.close();
    open();

    List<ContentDigest> walked = walked();

    assertThat(walked).containsExactlyInAnyOrderElementsOf(put);
  }

  @Test
  void digests_that_begin_alike_are_divided_among_pages() throws IOException {
    Shelf shelf = new Shelf(folder, 1, clock);
    Segment segment = Segment.create(folder, 9);
    List<Digest> alike = new ArrayList<>();
    for (long last : new long[] {3, -1, 7, 1, 5}) {
      alike.add(new Digest(-9, 0, 0, last));
    }
    alike.forEach(each -> shelf.adopt(each, segment, 0, 1));
    Walking walking = new Walking(shelf);

    List<Digest> first = walking.putBefore(DAY, null, 2);
    List<Digest> second = walking.putBefore(DAY, first.get(1), 2);
    List<Digest> third = walking.putBefore(DAY, second.get(1), 2);

    assertThat(first).extracting(Digest::fourth).containsExactly(1L, 3L);
    assertThat(second).extracting(Digest::fourth).containsExactly(5L, 7L);
    assertThat(third).extracting(Digest::fourth).containsExactly(-1L);
  }

  private List<ContentDigest> putSome(int count) throws IOException {
    List<ContentDigest> put = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      put.add(Folders.put(store, Folders.mail(20, i)).digest());
    }
    return put;
  }

  private List<ContentDigest> walked() {
    List<ContentDigest> walked = new ArrayList<>();
    List<ContentDigest> page = store.putBefore(DAY, null, 500);
    while (!page.isEmpty()) {
      walked.addAll(page);
      page = store.putBefore(DAY, page.get(page.size() - 1), 500);
    }
    return walked;
  }
}
