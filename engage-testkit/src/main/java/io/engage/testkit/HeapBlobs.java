package io.engage.testkit;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.NotFound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The least that a blob store can be, for contracts of ports that put bytes into one. */
final class HeapBlobs implements BlobStore {
  private final Map<ContentDigest, byte[]> kept = new ConcurrentHashMap<>();

  @Override
  public Blob put(InputStream content) throws IOException {
    byte[] bytes = content.readAllBytes();
    ContentDigest digest = digest(bytes);
    kept.put(digest, bytes);
    return new Blob(digest, bytes.length);
  }

  static ContentDigest digest(byte[] bytes) {
    try {
      return ContentDigest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  @Override
  public void makeDurable() {}

  @Override
  public InputStream open(ContentDigest digest) {
    byte[] bytes = kept.get(digest);
    if (bytes == null) {
      throw new NotFound("blob", digest.value());
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<Blob> find(ContentDigest digest) {
    return Optional.ofNullable(kept.get(digest)).map(bytes -> new Blob(digest, bytes.length));
  }

  @Override
  public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
    digests.forEach(kept::remove);
    return Set.of();
  }
}
