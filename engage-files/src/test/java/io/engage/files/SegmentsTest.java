package io.engage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.files.SegmentBlobStore.Options;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.PortFailure;
import io.engage.testkit.Race;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a store in segments promises: one process, little room, nobody waits. */
class SegmentsTest {
  @TempDir private Path folder;

  @Test
  void a_second_store_on_one_folder_is_refused_and_told_what_to_do() {
    try (SegmentBlobStore first = SegmentBlobStore.open(folder)) {
      assertThat(first.count()).isZero();

      assertThatThrownBy(() -> SegmentBlobStore.open(folder))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("'" + folder + "' is in use")
          .hasMessageContaining("Close that first");
    }
    SegmentBlobStore.open(folder).close();
  }

  @Test
  void a_closed_store_says_so_and_its_open_streams_read_on() throws IOException {
    SegmentBlobStore store = SegmentBlobStore.open(folder);
    byte[] mail = Folders.mail(5000, 1);
    Blob blob = Folders.put(store, mail);
    InputStream open = store.open(blob.digest());

    store.close();
    store.close();

    assertThat(open.readAllBytes()).isEqualTo(mail);
    open.close();
    assertThatThrownBy(() -> Folders.put(store, mail))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("was closed");
  }

  @Test
  void what_was_put_before_the_store_was_closed_is_there_when_it_is_opened() throws IOException {
    Blob blob;
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      blob = Folders.put(store, Folders.mail(5000, 1));
    }

    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      assertThat(Folders.isWhole(store, blob.digest())).isTrue();
    }
  }

  @Test
  void the_same_bytes_take_room_once() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      byte[] large = Folders.mail(3 << 20, 1);
      Folders.put(store, large);
      Folders.put(store, Folders.mail(100, 2));
      long before = Folders.bytesIn(folder);

      Folders.put(store, large);
      Folders.put(store, Folders.mail(100, 2));

      assertThat(Folders.bytesIn(folder)).isEqualTo(before);
    }
  }

  @Test
  void many_blobs_lie_in_few_files() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder, new Options(1 << 20))) {
      for (int i = 0; i < 3000; i++) {
        Folders.put(store, Folders.mail(1000, i));
      }

      assertThat(Folders.segments(folder)).hasSizeBetween(3, 5);
    }
  }

  @Test
  void a_stream_that_fails_takes_no_room() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      Folders.put(store, Folders.mail(100, 1));
      long before = Folders.bytesIn(folder);
      InputStream breaking =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("the cable was pulled");
            }
          };

      assertThatThrownBy(
              () ->
                  store.put(
                      new SequenceInputStream(
                          new ByteArrayInputStream(Folders.mail(3 << 20, 2)), breaking)))
          .hasMessage("the cable was pulled");

      assertThat(Folders.bytesIn(folder)).isEqualTo(before);
    }
  }

  @Test
  void a_slow_stream_holds_up_nobody() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    byte[] large = Folders.mail(3 << 20, 1);
    ExecutorService slow = Executors.newSingleThreadExecutor();
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      Future<Blob> late = slow.submit(() -> store.put(new Waiting(large, begun, goOn)));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      Blob small = Folders.put(store, Folders.mail(100, 2));
      Blob other = Folders.put(store, Folders.mail(4 << 20, 3));
      store.makeDurable();

      assertThat(Folders.isWhole(store, small.digest())).isTrue();
      assertThat(Folders.isWhole(store, other.digest())).isTrue();
      goOn.countDown();
      assertThat(Folders.read(store, late.get(30, TimeUnit.SECONDS).digest())).isEqualTo(large);
    } finally {
      slow.shutdownNow();
    }
  }

  @Test
  void a_thread_that_was_interrupted_breaks_nothing_for_others() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      Thread.currentThread().interrupt();
      Blob blob = Folders.put(store, Folders.mail(100, 1));
      store.makeDurable();
      byte[] read = Folders.read(store, blob.digest());
      store.delete(List.of(Folders.put(store, Folders.mail(9000, 2)).digest()), Duration.ZERO);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(read).isEqualTo(Folders.mail(100, 1));
      Folders.put(store, Folders.mail(100, 3));
      store.makeDurable();
      assertThat(store.count()).isEqualTo(2);
    }
  }

  @Test
  void the_room_of_deleted_blobs_comes_back() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder, new Options(100_000))) {
      List<ContentDigest> digests = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        digests.add(Folders.put(store, Folders.mail(1000, i)).digest());
      }

      store.delete(digests.subList(0, 390), Duration.ZERO);

      assertThat(Folders.bytesIn(folder)).isLessThan(100_000);
      for (ContentDigest kept : digests.subList(390, 400)) {
        assertThat(Folders.isWhole(store, kept)).isTrue();
      }
    }
  }

  @Test
  void compacting_leaves_nothing_of_what_was_deleted_on_the_disk() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      Blob secret = Folders.put(store, "my card number".getBytes());
      Blob kept = Folders.put(store, Folders.mail(5000, 1));
      store.delete(List.of(secret.digest()), Duration.ZERO);

      store.compact();

      assertThat(Folders.bytesIn(folder)).isLessThan(5000 + 300);
      assertThat(Folders.isWhole(store, kept.digest())).isTrue();
    }
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      assertThat(store.count()).isEqualTo(1);
    }
  }

  @Test
  void a_segment_that_is_read_is_removed_when_its_last_reader_has_ended() throws IOException {
    try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
      byte[] mail = Folders.mail(500_000, 1);
      Blob read = Folders.put(store, mail);
      Blob kept = Folders.put(store, Folders.mail(100, 2));
      Path old = Folders.segments(folder).get(0);
      InputStream first = store.open(read.digest());
      InputStream second = store.open(read.digest());

      store.delete(List.of(read.digest()), Duration.ZERO);
      first.close();
      first.close();

      assertThat(old).exists();
      assertThat(second.readAllBytes()).isEqualTo(mail);
      second.close();
      assertThat(old).doesNotExist();
      assertThat(Folders.isWhole(store, kept.digest())).isTrue();
    }
  }

  @RepeatedTest(5)
  @Tag("G-8")
  void writing_reading_deleting_and_compacting_at_once_mixes_nothing_up() throws Exception {
    AtomicInteger caller = new AtomicInteger();
    Set<ContentDigest> expected = ConcurrentHashMap.newKeySet();
    try (SegmentBlobStore store = SegmentBlobStore.open(folder, new Options(20_000))) {
      Race.run(6, () -> work(store, caller.incrementAndGet(), expected));

      assertThat(store.count()).isEqualTo(expected.size());
    }
    try (SegmentBlobStore store = SegmentBlobStore.open(folder, new Options(20_000))) {
      assertThat(store.count()).isEqualTo(expected.size());
      for (ContentDigest digest : expected) {
        assertThat(Folders.isWhole(store, digest)).isTrue();
      }
    }
  }

  /** Each caller has blobs of its own, so that it knows what has to be there. */
  private static boolean work(SegmentBlobStore store, int caller, Set<ContentDigest> expected)
      throws IOException {
    List<ContentDigest> mine = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      byte[] mail = Folders.mail(200 + i * 7, caller * 1000L + i);
      ContentDigest digest = Folders.put(store, mail).digest();
      mine.add(digest);
      assertThat(Folders.read(store, digest)).isEqualTo(mail);
      if (i % 10 == 9) {
        try (InputStream open = store.open(mine.get(0))) {
          byte[] begin = open.readNBytes(50);
          List<ContentDigest> half = List.copyOf(mine.subList(0, mine.size() / 2));
          store.delete(half, Duration.ZERO);
          mine.removeAll(half);
          assertThat(begin).hasSize(50);
          assertThat(open.readAllBytes()).hasSizeGreaterThan(100);
        }
      }
      if (i % 50 == 49) {
        store.compact();
      }
    }
    for (ContentDigest digest : mine) {
      assertThat(Folders.isWhole(store, digest)).isTrue();
    }
    expected.addAll(mine);
    return true;
  }

  /** Stops after two thirds until it may go on. */
  private static final class Waiting extends InputStream {
    private final byte[] bytes;
    private final CountDownLatch begun;
    private final CountDownLatch goOn;
    private int at;

    private Waiting(byte[] bytes, CountDownLatch begun, CountDownLatch goOn) {
      this.bytes = Arrays.copyOf(bytes, bytes.length);
      this.begun = begun;
      this.goOn = goOn;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      if (at == bytes.length) {
        return -1;
      }
      if (at > bytes.length / 3 * 2) {
        begun.countDown();
        awaitPermission();
      }
      int given = Math.min(Math.min(length, 10_000), bytes.length - at);
      System.arraycopy(bytes, at, to, from, given);
      at += given;
      return given;
    }

    private void awaitPermission() throws IOException {
      try {
        if (!goOn.await(30, TimeUnit.SECONDS)) {
          throw new IOException("nobody let it go on");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}
