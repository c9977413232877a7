package io.engage.jpa;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import io.engage.spi.NotFound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes in pieces of a megabyte at most. Small ones wait in memory, a few megabytes of them,
 * and are stored together before the commit that refers to them; large ones are stored piece by
 * piece as they come. Never part of a host's transaction: a crash leaves bytes that nothing needs,
 * not the other way round.
 */
final class TableBlobs implements BlobStore, BlobWalk {
  private final Database database;
  private final WaitingBlobs waiting;

  TableBlobs(Database database) {
    this.database = database;
    this.waiting = new WaitingBlobs(some -> database.changeApart(session -> store(session, some)));
  }

  private static int store(Session session, Map<ContentDigest, byte[]> some) throws SQLException {
    BlobPieces.store(session, some);
    return some.size();
  }

  @Override
  public Blob put(InputStream content) throws IOException {
    byte[] first = content.readNBytes(BlobPieces.LONGEST);
    MessageDigest sha256 = sha256();
    sha256.update(first);
    int next = first.length < BlobPieces.LONGEST ? -1 : content.read();
    if (next < 0) {
      Blob blob = new Blob(ContentDigest.of(sha256.digest()), first.length);
      waiting.add(blob.digest(), first);
      return blob;
    }
    return new BlobUpload(database, sha256).store(first, (byte) next, content);
  }

  @Override
  public void makeDurable() {
    waiting.store();
  }

  @Override
  public InputStream open(ContentDigest digest) {
    byte @Nullable [] bytes = waiting.find(digest);
    return bytes == null
        ? database
            .askApart(session -> BlobPieces.find(session, digest))
            .flatMap(stored -> new BlobReading(database, stored).open())
            .orElseThrow(() -> new NotFound("blob", digest.value()))
        : new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<Blob> find(ContentDigest digest) {
    byte @Nullable [] bytes = waiting.find(digest);
    return bytes == null
        ? database
            .askApart(session -> BlobPieces.find(session, digest))
            .map(stored -> new Blob(digest, stored.size()))
        : Optional.of(new Blob(digest, bytes.length));
  }

  @Override
  public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
    if (digests.isEmpty()) {
      return Set.of();
    }
    waiting.store();
    List<ContentDigest> once = digests.stream().distinct().toList();
    return database.changeApart(session -> BlobPieces.delete(session, once, unlessPutWithin));
  }

  @Override
  public List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit) {
    return database.askApart(session -> BlobPieces.putBefore(session, ago, after, limit));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyPlatformHasIt);
    }
  }
}
