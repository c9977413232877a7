package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.NotFound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BlobStore} must do: the same bytes come back, and durable ones survive. Extend
 * it and return an empty store.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
public abstract class BlobStoreContract {
  private static final int MEGABYTE = 1 << 20;
  private static final Duration HOUR = Duration.ofHours(1);

  private BlobStore store;

  /** A store that holds nothing, for one test. */
  protected abstract BlobStore emptyStore();

  /**
   * What a new process finds that opens {@code store} after this one has ended without closing
   * anything; an empty store when this sort of store ends with its process.
   */
  protected abstract BlobStore restarted(BlobStore store);

  /** Lets time go by on the clock by which the stores of this test tell how old bytes are. */
  protected abstract void letPass(Duration time);

  /** Whether durable bytes are there after a restart. */
  protected boolean outlivesItsProcess() {
    return true;
  }

  /** The store that was opened for this test. */
  final BlobStore store() {
    return store;
  }

  @BeforeEach
  void openStore() {
    store = emptyStore();
  }

  @Test
  void bytes_are_kept_under_their_sha_256() throws IOException {
    Blob blob = put("broken watch strap");

    assertThat(blob.size()).isEqualTo(18);
    assertThat(blob.digest().value())
        .isEqualTo("f8452cd76eab9c0c1472b3bbf151ae661e2b1fa7ab1635e0e8a5e1774859971e");
  }

  @Test
  void bytes_are_readable_at_once() throws IOException {
    Blob blob = put("broken watch strap");

    assertThat(read(blob.digest()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("broken watch strap");
    assertThat(store.find(blob.digest())).contains(blob);
  }

  @Test
  @Tag("G-12")
  void bytes_of_any_length_come_back_as_they_were() throws IOException {
    for (int size :
        List.of(
            0,
            1,
            63,
            64,
            65,
            8191,
            8192,
            65_535,
            65_536,
            MEGABYTE - 1,
            MEGABYTE,
            MEGABYTE + 1,
            3 * MEGABYTE,
            9 * MEGABYTE + 7)) {
      byte[] bytes = bytes(size, size);

      Blob blob = store.put(new ByteArrayInputStream(bytes));

      assertThat(blob).as("%d bytes", size).isEqualTo(new Blob(Sample.digest(bytes), size));
      assertThat(same(read(blob.digest()), bytes)).as("%d bytes", size).isTrue();
    }
  }

  @Test
  void a_stream_that_gives_little_at_a_time_is_read_to_its_end() throws IOException {
    byte[] bytes = bytes(200_000, 1);

    Blob blob = store.put(new Dripping(bytes));

    assertThat(same(read(blob.digest()), bytes)).isTrue();
  }

  @Test
  void the_stream_is_left_open() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream content =
        new ByteArrayInputStream(bytes(10, 1)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    store.put(content);

    assertThat(closed).isFalse();
  }

  @Test
  void when_a_stream_fails_its_exception_is_passed_on_and_nothing_is_kept() throws IOException {
    for (int size : List.of(0, 10, 2 * MEGABYTE)) {
      byte[] begun = bytes(size, 5);

      assertThatThrownBy(() -> store.put(new SequenceInputStream(input(begun), new Failing())))
          .isInstanceOf(IOException.class)
          .hasMessage("the cable was pulled");

      assertThat(store.find(Sample.digest(begun))).isEmpty();
    }
    assertThat(read(put("still fine").digest())).isNotEmpty();
  }

  @Test
  void the_same_bytes_are_kept_once() throws IOException {
    Blob first = put("same");
    Blob second = put("same");

    store.delete(List.of(first.digest()), Duration.ZERO);

    assertThat(second).isEqualTo(first);
    assertThat(store.find(first.digest())).isEmpty();
  }

  @Test
  void what_is_not_there_is_not_found() {
    ContentDigest unknown = Sample.blob("unknown").digest();

    assertThat(store.find(unknown)).isEmpty();
    assertThatThrownBy(() -> store.open(unknown))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(unknown.value());
  }

  @Test
  void deleted_bytes_are_gone_and_others_stay() throws IOException {
    Blob wrong = put("wrong");
    Blob other = put("other");

    store.delete(List.of(wrong.digest(), Sample.blob("unknown").digest()), Duration.ZERO);
    store.delete(List.of(), Duration.ZERO);

    assertThat(store.find(wrong.digest())).isEmpty();
    assertThatThrownBy(() -> store.open(wrong.digest())).isInstanceOf(NotFound.class);
    assertThat(read(other.digest())).asString(StandardCharsets.UTF_8).isEqualTo("other");
  }

  @Test
  void deleted_bytes_can_be_put_again() throws IOException {
    Blob blob = put("again");
    store.delete(List.of(blob.digest()), Duration.ZERO);

    put("again");

    assertThat(read(blob.digest())).asString(StandardCharsets.UTF_8).isEqualTo("again");
  }

  @Test
  @Tag("G-8")
  void what_was_put_lately_stays_is_named_and_goes_later() throws IOException {
    Blob old = put("old");
    letPass(Duration.ofHours(2));
    Blob young = put("young");
    List<ContentDigest> both = List.of(old.digest(), young.digest(), young.digest());

    Set<ContentDigest> stays = store.delete(both, HOUR);

    assertThat(stays).containsExactly(young.digest());
    assertThat(store.find(old.digest())).isEmpty();
    assertThat(read(young.digest())).asString(StandardCharsets.UTF_8).isEqualTo("young");
    letPass(Duration.ofMinutes(62));
    assertThat(store.delete(both, HOUR)).isEmpty();
    assertThat(store.find(young.digest())).isEmpty();
  }

  @Test
  @Tag("G-8")
  void bytes_that_are_put_again_are_as_young_as_new_ones() throws IOException {
    byte[] large = bytes(3 * MEGABYTE, 1);
    Blob small = put("ok thanks");
    Blob big = store.put(input(large));
    letPass(Duration.ofHours(2));

    put("ok thanks");
    store.put(input(large));

    List<ContentDigest> both = List.of(small.digest(), big.digest());
    assertThat(store.delete(both, HOUR)).containsExactlyInAnyOrderElementsOf(both);
    assertThat(same(read(big.digest()), large)).isTrue();
  }

  @Test
  @Tag("G-8")
  void whoever_puts_bytes_at_the_moment_of_their_deletion_has_them_after_a_crash_too()
      throws IOException {
    List<Blob> again = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      again.add(put("round " + i));
    }
    store.makeDurable();
    letPass(Duration.ofHours(2));
    for (int i = 0; i < 200; i++) {
      String text = "round " + i;
      ContentDigest digest = again.get(i).digest();
      AtomicBoolean deletes = new AtomicBoolean();
      Race.run(
          2,
          () ->
              deletes.compareAndSet(false, true) ? store.delete(List.of(digest), HOUR) : put(text));
    }
    store.makeDurable();
    assertThat(again).allSatisfy(each -> assertThat(store.find(each.digest())).contains(each));

    store = restarted(store);

    assertThat(again)
        .allSatisfy(
            each ->
                assertThat(store.find(each.digest()).isPresent()).isEqualTo(outlivesItsProcess()));
  }

  @Test
  void two_streams_over_the_same_bytes_do_not_disturb_each_other() throws IOException {
    byte[] bytes = bytes(100_000, 1);
    Blob blob = store.put(input(bytes));

    try (InputStream one = store.open(blob.digest());
        InputStream other = store.open(blob.digest())) {
      byte[] begin = one.readNBytes(50_000);

      assertThat(same(other.readAllBytes(), bytes)).isTrue();
      assertThat(same(begin, Arrays.copyOf(bytes, 50_000))).isTrue();
      assertThat(same(one.readAllBytes(), Arrays.copyOfRange(bytes, 50_000, 100_000))).isTrue();
    }
  }

  @Test
  void a_stream_is_read_on_while_its_bytes_are_deleted() throws IOException {
    byte[] bytes = bytes(3 * MEGABYTE, 1);
    Blob blob = store.put(input(bytes));
    store.makeDurable();

    try (InputStream open = store.open(blob.digest())) {
      byte[] begin = open.readNBytes(10);
      store.delete(List.of(blob.digest()), Duration.ZERO);
      put("something else");

      assertThat(begin).isEqualTo(Arrays.copyOf(bytes, 10));
      assertThat(same(open.readAllBytes(), Arrays.copyOfRange(bytes, 10, bytes.length))).isTrue();
    }
  }

  @Test
  void making_nothing_durable_does_no_harm() {
    store.makeDurable();
    store.makeDurable();

    assertThat(store.find(Sample.blob("nothing").digest())).isEmpty();
  }

  @Test
  @Tag("G-8")
  void what_was_made_durable_is_there_after_a_crash_where_the_store_outlives_its_process()
      throws IOException {
    byte[] large = bytes(2 * MEGABYTE, 1);
    Blob small = put("small");
    Blob big = store.put(input(large));
    store.makeDurable();

    store = restarted(store);

    assertThat(store.find(small.digest()).isPresent()).isEqualTo(outlivesItsProcess());
    assertThat(store.find(big.digest()).isPresent()).isEqualTo(outlivesItsProcess());
    if (outlivesItsProcess()) {
      assertThat(read(small.digest())).asString(StandardCharsets.UTF_8).isEqualTo("small");
      assertThat(same(read(big.digest()), large)).isTrue();
    }
  }

  @Test
  void deleted_bytes_are_gone_after_a_crash_too() throws IOException {
    Blob wrong = put("wrong");
    Blob other = put("other");
    store.makeDurable();
    store.delete(List.of(wrong.digest()), Duration.ZERO);

    store = restarted(store);

    assertThat(store.find(wrong.digest())).isEmpty();
    assertThat(store.find(other.digest()).isPresent()).isEqualTo(outlivesItsProcess());
  }

  @Test
  void bytes_that_were_put_again_after_a_deletion_are_there_after_a_crash_too() throws IOException {
    Blob blob = put("again");
    store.makeDurable();
    store.delete(List.of(blob.digest()), Duration.ZERO);
    put("again");
    store.makeDurable();

    store = restarted(store);

    assertThat(store.find(blob.digest()).isPresent()).isEqualTo(outlivesItsProcess());
  }

  @RepeatedTest(3)
  void many_writers_of_different_bytes_do_not_mix_them() {
    AtomicInteger writer = new AtomicInteger();

    List<List<Blob>> all = Race.run(8, () -> putMany(1000 * writer.incrementAndGet()));

    assertThat(all.stream().flatMap(List::stream))
        .hasSize(8 * 40)
        .doesNotHaveDuplicates()
        .allSatisfy(
            blob -> assertThat(Sample.digest(read(blob.digest()))).isEqualTo(blob.digest()));
  }

  @RepeatedTest(3)
  void many_writers_of_the_same_bytes_keep_them_once() throws IOException {
    List<List<Blob>> all = Race.run(8, () -> putMany(1000));

    List<ContentDigest> digests =
        all.stream().flatMap(List::stream).map(Blob::digest).distinct().toList();
    assertThat(digests).hasSize(40);
    assertThat(read(digests.get(0))).isNotEmpty();
    store.delete(digests, Duration.ZERO);
    assertThat(digests).allSatisfy(digest -> assertThat(store.find(digest)).isEmpty());
  }

  private List<Blob> putMany(int seed) {
    return IntStream.range(0, 40)
        .mapToObj(
            i -> {
              try {
                Blob blob = store.put(input(bytes(500 + 997 * (i % 7), seed + i)));
                store.makeDurable();
                return blob;
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private Blob put(String text) throws IOException {
    return store.put(input(text.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] read(ContentDigest digest) throws IOException {
    try (InputStream open = store.open(digest)) {
      return open.readAllBytes();
    }
  }

  /** Says less than comparing arrays does when they are large. */
  private static boolean same(byte[] one, byte[] other) {
    return Arrays.equals(one, other);
  }

  private static InputStream input(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Gives one to three bytes at a time, and says that it has none at hand. */
  private static final class Dripping extends ByteArrayInputStream {
    private Dripping(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) {
      return super.read(to, from, Math.min(length, 1 + pos % 3));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }

  /** Breaks at its first byte. */
  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the cable was pulled");
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      throw new IOException("the cable was pulled");
    }
  }
}
