package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditFact;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-8")
class BlobSweepTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final Street street = new Street();
  private final Walked walked = new Walked(street);
  private final Engage node = street.builder().blobs(walked).build();

  @AfterEach
  void close() {
    node.close();
    street.close();
  }

  @Test
  void bytes_that_nothing_needs_go_and_those_of_mails_stay() throws IOException {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    node.mail().sync(Shop.ACCOUNT);
    Blob orphan = walked.put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    street.clock.advance(TWO_DAYS);

    job().run(new Stop());

    assertThat(walked.find(orphan.digest())).isEmpty();
    assertThat(walked.kept()).isNotEmpty();
    assertThat(street.storage.audit().newest(1).get(0).fact())
        .isEqualTo(new AuditFact.BytesErased(1));
  }

  @Test
  void what_was_put_within_the_day_stays_for_whoever_is_about_to_commit() throws IOException {
    Blob lately = walked.put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    street.clock.advance(Duration.ofHours(23));

    job().run(new Stop());

    assertThat(walked.find(lately.digest())).isPresent();
  }

  @Test
  void more_than_a_page_goes_in_one_sweep() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      walked.put(new ByteArrayInputStream(new byte[] {(byte) i, (byte) (i >> 8), 7}));
    }
    street.clock.advance(TWO_DAYS);

    job().run(new Stop());

    assertThat(walked.kept()).isEmpty();
  }

  @Test
  void there_is_one_sweep_a_day() {
    job().run(new Stop());
    street.clock.advance(Duration.ofHours(20));
    job().run(new Stop());
    int sameDay = walked.sweeps;
    street.clock.advance(Duration.ofHours(4));

    job().run(new Stop());

    assertThat(sameDay).isEqualTo(1);
    assertThat(walked.sweeps).isEqualTo(2);
  }

  @Test
  @Tag("PO-3")
  void a_sweep_that_was_killed_is_done_again_at_the_next_look() throws IOException {
    for (int i = 0; i < 10; i++) {
      walked.put(new ByteArrayInputStream(new byte[] {(byte) i}));
    }
    street.clock.advance(TWO_DAYS);
    Stall stall = new Stall();
    walked.beforePage = stall;
    CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> job().run(new Stop()));
    stall.awaitBeginning();
    walked.beforePage = () -> {};

    job().run(new Stop());
    Set<String> atOnce = Set.copyOf(walked.kept());
    street.clock.advance(Duration.ofHours(1));
    job().run(new Stop());

    assertThat(atOnce).hasSize(10);
    assertThat(walked.kept()).isEmpty();
    stall.end();
    assertThat(killed).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  @Tag("PO-3")
  void what_a_dead_node_was_sweeping_is_swept_by_another_at_once_and_it_ends_when_it_wakes_up() {
    Stall stall = new Stall();
    walked.beforePage = stall;
    CompletableFuture<Void> dead = CompletableFuture.runAsync(() -> job().run(new Stop()));
    stall.awaitBeginning();
    walked.beforePage = () -> {};

    job().free();
    job().run(new Stop());

    assertThat(walked.sweeps).isEqualTo(2);
    stall.end();
    assertThat(dead).succeedsWithin(Duration.ofSeconds(20));
    job().run(new Stop());
    assertThat(walked.sweeps).isEqualTo(2);
  }

  @Test
  @Tag("PO-3")
  void a_node_that_dies_after_its_sweep_leaves_nothing_to_sweep_again() {
    job().run(new Stop());

    job().free();
    job().run(new Stop());

    assertThat(walked.sweeps).isEqualTo(1);
  }

  @Test
  @Tag("PO-3")
  void a_stop_ends_it_between_two_pages_and_the_rest_follows_on_the_same_day() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      walked.put(new ByteArrayInputStream(new byte[] {(byte) i, (byte) (i >> 8), 7}));
    }
    street.clock.advance(TWO_DAYS);
    Stop stop = new Stop();
    stopAtSecondPage(stop);

    job().run(stop);
    int afterStop = walked.kept().size();
    job().run(new Stop());

    assertThat(afterStop).isEqualTo(600);
    assertThat(walked.kept()).isEmpty();
  }

  private void stopAtSecondPage(Stop stop) {
    walked.beforePage = () -> walked.beforePage = stop::come;
  }

  private Job job() {
    return node.jobs().stream()
        .filter(each -> each.name().equals("blob-sweep"))
        .findFirst()
        .orElseThrow();
  }

  /** Holds up whoever comes, as a debugger does. */
  private static final class Stall implements Runnable {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void run() {
      begun.countDown();
      await(ended);
    }

    void awaitBeginning() {
      await(begun);
    }

    void end() {
      ended.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  /** The store of the street, which can tell what it keeps. */
  private static final class Walked implements BlobStore, BlobWalk {
    private final Street street;
    private final NavigableMap<String, Instant> putAt = new TreeMap<>();

    private volatile Runnable beforePage = () -> {};
    private volatile int sweeps;

    private Walked(Street street) {
      this.street = street;
    }

    Set<String> kept() {
      putAt.keySet().removeIf(each -> find(ContentDigest.of(each)).isEmpty());
      return putAt.keySet();
    }

    @Override
    public Blob put(InputStream content) throws IOException {
      Blob blob = street.blobs.put(content);
      putAt.put(blob.digest().value(), street.clock.instant());
      return blob;
    }

    @Override
    public void makeDurable() {}

    @Override
    public InputStream open(ContentDigest digest) {
      return street.blobs.open(digest);
    }

    @Override
    public Optional<Blob> find(ContentDigest digest) {
      return street.blobs.find(digest);
    }

    @Override
    public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
      return street.blobs.delete(digests, unlessPutWithin);
    }

    @Override
    public List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit) {
      if (after == null) {
        sweeps = sweeps + 1;
      }
      beforePage.run();
      Instant before = street.clock.instant().minus(ago);
      return putAt.tailMap(after == null ? "" : after.value(), false).entrySet().stream()
          .filter(each -> !each.getValue().isAfter(before))
          .map(each -> ContentDigest.of(each.getKey()))
          .filter(each -> find(each).isPresent())
          .limit(limit)
          .toList();
    }
  }
}
