package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;
import java.util.List;

/**
 * Bytes that something needs no longer and that leave the blob store unless something else needs
 * them. It is committed with what ended the need, so that no crash leaves them behind, and dropped
 * when they are gone.
 *
 * @param notBefore when to look after them; in the order of keys the earliest come first
 */
public record BlobRemoval(String id, Instant notBefore, List<ContentDigest> blobs, long version)
    implements Document {

  public BlobRemoval {
    requireNonNull(id, "id");
    requireNonNull(notBefore, "notBefore");
    blobs = List.copyOf(blobs);
  }

  @Override
  public DocumentKey key() {
    return new DocumentKey(
        DocumentKey.Kind.BLOB_REMOVAL,
        "%019d-%s".formatted(Math.max(0, notBefore.toEpochMilli()), id));
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public BlobRemoval withVersion(long newVersion) {
    return new BlobRemoval(id, notBefore, blobs, newVersion);
  }
}
