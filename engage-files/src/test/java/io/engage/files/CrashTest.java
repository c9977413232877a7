package io.engage.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a crash does to the end of a segment, what was durable before is there. */
@Tag("G-8")
class CrashTest {
  @TempDir private Path folders;
  private int restarts;

  @Test
  void a_segment_that_was_cut_anywhere_keeps_everything_before_the_cut() throws IOException {
    Written written = threeDurableAndThreeMore();

    for (int length = written.durableEnd; length <= written.bytes.length; length++) {
      byte[] cut = Arrays.copyOf(written.bytes, length);

      assertThatItIsMended(cut, written);
    }
  }

  @Test
  void a_segment_whose_end_never_reached_the_disk_keeps_everything_before_it() throws IOException {
    Written written = threeDurableAndThreeMore();

    for (int start = written.durableEnd; start <= written.bytes.length; start++) {
      byte[] holed = written.bytes.clone();
      Arrays.fill(holed, start, holed.length, (byte) 0);

      assertThatItIsMended(holed, written);
    }
  }

  @Test
  void a_segment_with_any_byte_wrong_at_its_end_gives_no_wrong_bytes() throws IOException {
    Written written = threeDurableAndThreeMore();

    for (int place = written.durableEnd; place < written.bytes.length; place++) {
      byte[] wrong = written.bytes.clone();
      wrong[place] ^= 0x40;

      assertThatItIsMended(wrong, written);
    }
  }

  @Test
  void a_page_that_is_missing_in_between_takes_nothing_else_with_it() throws IOException {
    Written written = threeDurableAndThreeMore();
    byte[] holed = written.bytes.clone();
    int secondNew = written.durableEnd + RecordHeader.BYTES + 50;
    Arrays.fill(holed, secondNew, secondNew + RecordHeader.BYTES + 20, (byte) 0);

    try (SegmentBlobStore store = openedOn(holed)) {
      assertThat(store.find(written.all.get(3).digest())).isPresent();
      assertThat(store.find(written.all.get(4).digest())).isEmpty();
      assertThat(store.find(written.all.get(5).digest())).isPresent();
    }
  }

  @Test
  void a_tombstone_that_was_cut_off_brings_back_the_whole_blob_or_none() throws IOException {
    Path folder = folders.resolve("deleting");
    byte[] mail = Folders.mail(300, 1);
    byte[] bytes;
    Blob blob;
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      blob = Folders.put(store, mail);
      Folders.put(store, Folders.mail(5000, 2));
      store.makeDurable();
      store.delete(List.of(blob.digest()), Duration.ZERO);
      bytes = Files.readAllBytes(Folders.segments(folder).get(0));
    }

    for (int cut = 0; cut < RecordHeader.BYTES; cut++) {
      try (SegmentBlobStore store = openedOn(Arrays.copyOf(bytes, bytes.length - cut))) {
        assertThat(store.find(blob.digest()).isEmpty()).isEqualTo(cut == 0);
        assertThat(store.count()).isEqualTo(cut == 0 ? 1 : 2);
        assertThat(cut == 0 || Folders.isWhole(store, blob.digest())).isTrue();
      }
    }
  }

  @Test
  void damage_in_the_middle_of_a_segment_that_was_closed_in_order_takes_one_record_only()
      throws IOException {
    Path folder = folders.resolve("closed");
    List<Blob> blobs = new ArrayList<>();
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      for (int i = 0; i < 5; i++) {
        blobs.add(Folders.put(store, Folders.mail(100, i)));
      }
    }
    byte[] bytes = Files.readAllBytes(Folders.segments(folder).get(0));
    bytes[Segment.HEAD + 2 * (RecordHeader.BYTES + 100) + 20] ^= 1;

    try (SegmentBlobStore store = openedOn(bytes)) {
      assertThat(store.count()).isEqualTo(4);
      assertThat(store.find(blobs.get(2).digest())).isEmpty();
      assertThat(Folders.isWhole(store, blobs.get(4).digest())).isTrue();
    }
  }

  @Test
  void a_file_that_is_no_segment_is_put_aside_and_an_empty_one_removed() throws IOException {
    Path folder = folders.resolve("odd");
    Files.createDirectories(folder);
    Files.write(folder.resolve("00000007.blobs"), new byte[1000]);
    Files.write(folder.resolve("00000008.blobs"), new byte[10]);

    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      Blob blob = Folders.put(store, Folders.mail(10, 1));

      assertThat(Folders.isWhole(store, blob.digest())).isTrue();
      assertThat(folder.resolve("00000007.blobs.damaged")).exists();
      assertThat(folder.resolve("00000008.blobs")).doesNotExist();
    }
  }

  @Test
  void a_mail_that_looks_like_records_is_only_a_mail() throws IOException {
    Path folder = folders.resolve("forged");
    byte[] first = Folders.mail(100, 1);
    byte[] forged;
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      Blob blob = Folders.put(store, first);
      RecordHeader tombstone = RecordHeader.tombstone(99, Digest.of(blob.digest()));
      forged = tombstone.toBytes(0);
      Folders.put(store, forged);
      Files.write(Folders.segments(folder).get(0), forged, StandardOpenOption.APPEND);
      byte[] crashed = Files.readAllBytes(Folders.segments(folder).get(0));

      try (SegmentBlobStore again = openedOn(crashed)) {
        assertThat(again.find(blob.digest())).isPresent();
        assertThat(again.count()).isEqualTo(2);
      }
    }
  }

  @RepeatedTest(10)
  void at_any_moment_of_any_course_of_events_a_crash_loses_nothing_durable(RepetitionInfo info)
      throws IOException {
    Random random = new Random(info.getCurrentRepetition());
    Path folder = folders.resolve("course");
    Set<ContentDigest> durable = new HashSet<>();
    Set<ContentDigest> fresh = new HashSet<>();
    SegmentBlobStore store = SegmentBlobStore.open(folder, new SegmentBlobStore.Options(2000));

    for (int step = 0; step < 300; step++) {
      int choice = random.nextInt(20);
      if (choice < 12) {
        fresh.add(
            Folders.put(store, Folders.mail(random.nextInt(600), random.nextInt(90))).digest());
      } else if (choice < 15) {
        store.makeDurable();
        durable.addAll(fresh);
        fresh.clear();
      } else if (choice < 18) {
        Set<ContentDigest> some = new HashSet<>(durable);
        some.removeIf(any -> random.nextInt(4) > 0);
        store.delete(some, Duration.ZERO);
        durable.removeAll(some);
        fresh.removeAll(some);
        assertThatACrashNowLeaves(folder, durable, fresh, some);
      } else if (choice < 19) {
        store.compact();
        assertThatACrashNowLeaves(folder, durable, fresh, Set.of());
      } else {
        store.close();
        durable.addAll(fresh);
        fresh.clear();
        store = SegmentBlobStore.open(folder, new SegmentBlobStore.Options(2000));
      }
    }
    store.close();

    assertThat(durable).isNotEmpty();
  }

  private void assertThatACrashNowLeaves(
      Path folder, Set<ContentDigest> durable, Set<ContentDigest> fresh, Set<ContentDigest> gone)
      throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(Folders.copied(folder, nextFolder()))) {
      for (ContentDigest digest : durable) {
        assertThat(Folders.isWhole(store, digest)).isTrue();
      }
      assertThat(gone).allSatisfy(digest -> assertThat(store.find(digest)).isEmpty());
      assertThat(store.count()).isBetween(durable.size(), durable.size() + fresh.size());
    }
  }

  /** Three that were made durable, and three that were only written, all in one segment. */
  private Written threeDurableAndThreeMore() throws IOException {
    Path folder = folders.resolve("written");
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      List<Blob> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(Folders.put(store, Folders.mail(40 + i, i)));
      }
      store.makeDurable();
      Path segment = Folders.segments(folder).get(0);
      int durableEnd = (int) Files.size(segment);
      for (int i = 3; i < 6; i++) {
        all.add(Folders.put(store, Folders.mail(47 + i, i)));
      }
      return new Written(Files.readAllBytes(segment), durableEnd, all);
    }
  }

  private record Written(byte[] bytes, int durableEnd, List<Blob> all) {}

  private void assertThatItIsMended(byte[] segment, Written written) throws IOException {
    Path folder = nextFolder();
    try (SegmentBlobStore store = openedOn(folder, segment)) {
      for (Blob durable : written.all.subList(0, 3)) {
        assertThat(Folders.isWhole(store, durable.digest())).isTrue();
      }
      for (Blob other : written.all.subList(3, 6)) {
        assertThat(store.find(other.digest()).isEmpty() || Folders.isWhole(store, other.digest()))
            .isTrue();
      }
      Folders.put(store, Folders.mail(33, 99));
    }
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      assertThat(store.find(Folders.put(store, Folders.mail(33, 99)).digest())).isPresent();
      assertThat(Folders.isWhole(store, written.all.get(0).digest())).isTrue();
    }
  }

  private SegmentBlobStore openedOn(byte[] segment) throws IOException {
    return openedOn(nextFolder(), segment);
  }

  private SegmentBlobStore openedOn(Path folder, byte[] segment) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("00000001.blobs"), segment);
    return SegmentBlobStore.open(folder);
  }

  private Path nextFolder() {
    return folders.resolve("after-crash-" + ++restarts);
  }
}
