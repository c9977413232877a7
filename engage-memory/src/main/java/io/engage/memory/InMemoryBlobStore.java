package io.engage.memory;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.NotFound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keeps bytes on the heap, in pieces, so that none of them has to be found in one place. */
public final class InMemoryBlobStore implements BlobStore {
  private static final int PIECE = 1 << 20;

  private final Map<ContentDigest, Kept> kept = new ConcurrentHashMap<>();

  private final Clock clock;

  private record Kept(Blob blob, List<byte[]> pieces, Instant putAt) {}

  private InMemoryBlobStore(Clock clock) {
    this.clock = clock;
  }

  /** An empty one. */
  public static InMemoryBlobStore create() {
    return create(Clock.systemUTC());
  }

  /**
   * An empty one.
   *
   * @param clock tells how long ago bytes were put
   */
  public static InMemoryBlobStore create(Clock clock) {
    return new InMemoryBlobStore(requireNonNull(clock, "clock"));
  }

  @Override
  public Blob put(InputStream content) throws IOException {
    MessageDigest sha256 = sha256();
    List<byte[]> pieces = new ArrayList<>();
    long size = 0;
    for (byte[] piece = read(content); piece.length > 0; piece = read(content)) {
      sha256.update(piece);
      pieces.add(piece);
      size += piece.length;
    }
    Blob blob = new Blob(ContentDigest.of(sha256.digest()), size);
    Instant now = clock.instant();
    kept.merge(
        blob.digest(),
        new Kept(blob, pieces, now),
        (earlier, same) -> new Kept(earlier.blob, earlier.pieces, now));
    return blob;
  }

  /** Nothing here outlives the process. */
  @Override
  public void makeDurable() {}

  @Override
  public InputStream open(ContentDigest digest) {
    Kept found = kept.get(digest);
    if (found == null) {
      throw new NotFound("blob", digest.value());
    }
    List<InputStream> streams =
        found.pieces.stream().<InputStream>map(ByteArrayInputStream::new).toList();
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  @Override
  public Optional<Blob> find(ContentDigest digest) {
    return Optional.ofNullable(kept.get(digest)).map(Kept::blob);
  }

  @Override
  public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
    Instant lately = clock.instant().minus(unlessPutWithin);
    digests.forEach(
        digest ->
            kept.computeIfPresent(
                digest, (any, found) -> found.putAt.isAfter(lately) ? found : null));
    return digests.stream().filter(kept::containsKey).collect(Collectors.toUnmodifiableSet());
  }

  private static byte[] read(InputStream content) throws IOException {
    return content.readNBytes(PIECE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyPlatformHasIt);
    }
  }
}
