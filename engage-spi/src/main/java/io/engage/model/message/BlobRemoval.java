package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.util.List;

/**
 * Bytes that nothing needs any more and that have yet to leave the blob store. It is committed with
 * what ended the need, so that no crash leaves them behind, and dropped when they are gone.
 */
public record BlobRemoval(String id, List<ContentDigest> blobs, long version) implements Document {

  public BlobRemoval {
    requireNonNull(id, "id");
    blobs = List.copyOf(blobs);
  }

  @Override
  public DocumentKey key() {
    return new DocumentKey(DocumentKey.Kind.BLOB_REMOVAL, id);
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public BlobRemoval withVersion(long newVersion) {
    return new BlobRemoval(id, blobs, newVersion);
  }
}
