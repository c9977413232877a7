package io.engage.memory.broken;

import io.engage.memory.InMemoryBlobStore;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A store in memory that can tell what it keeps, wrongly if asked to. */
final class WalkedBlobs implements BlobStore, BlobWalk {
  private final BlobStore store = InMemoryBlobStore.create(Suites.CLOCK);
  private final NavigableMap<String, Instant> putAt = new ConcurrentSkipListMap<>();
  private final Fault fault;

  enum Fault {
    NONE,
    /** It gives what its page begins behind once more. */
    REPEATS,
    /** It loses what does not fit on the first page. */
    ENDS_EARLY,
    /** It does not look when bytes were put. */
    IGNORES_AGE,
    /** It remembers when bytes were put first only. */
    FORGETS_AGAIN
  }

  WalkedBlobs(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Blob put(InputStream content) throws IOException {
    Blob blob = store.put(content);
    Instant now = Suites.CLOCK.instant();
    putAt.merge(
        blob.digest().value(), now, (first, again) -> fault == Fault.FORGETS_AGAIN ? first : again);
    return blob;
  }

  @Override
  public void makeDurable() {
    store.makeDurable();
  }

  @Override
  public InputStream open(ContentDigest digest) {
    return store.open(digest);
  }

  @Override
  public Optional<Blob> find(ContentDigest digest) {
    return store.find(digest);
  }

  @Override
  public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
    return store.delete(digests, unlessPutWithin);
  }

  @Override
  public List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit) {
    if (after != null && fault == Fault.ENDS_EARLY) {
      return List.of();
    }
    Instant before = Suites.CLOCK.instant().minus(ago);
    return behind(after).entrySet().stream()
        .filter(each -> fault == Fault.IGNORES_AGE || !each.getValue().isAfter(before))
        .map(each -> ContentDigest.of(each.getKey()))
        .filter(each -> find(each).isPresent())
        .limit(limit)
        .toList();
  }

  private NavigableMap<String, Instant> behind(@Nullable ContentDigest after) {
    return putAt.tailMap(after == null ? "" : after.value(), fault == Fault.REPEATS);
  }
}
