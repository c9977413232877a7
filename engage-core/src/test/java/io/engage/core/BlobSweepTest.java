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

  private Job job() {
    return node.jobs().stream()
        .filter(each -> each.name().equals("blob-sweep"))
        .findFirst()
        .orElseThrow();
  }

  /** The store of the street, which can tell what it keeps. */
  private static final class Walked implements BlobStore, BlobWalk {
    private final Street street;
    private final NavigableMap<String, Instant> putAt = new TreeMap<>();

    private int sweeps;

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
      sweeps += after == null ? 1 : 0;
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
