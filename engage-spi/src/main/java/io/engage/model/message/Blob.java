package io.engage.model.message;

import static java.util.Objects.requireNonNull;

/**
 * Bytes in the blob store, named by what they are.
 *
 * @param size in bytes
 */
public record Blob(ContentDigest digest, long size) {
  public Blob {
    requireNonNull(digest, "digest");
    if (size < 0) {
      throw new IllegalArgumentException("A blob cannot have a size of " + size + " bytes");
    }
  }
}
