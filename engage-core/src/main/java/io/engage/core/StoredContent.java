package io.engage.core;

import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import io.engage.spi.BlobStore;
import java.io.InputStream;

/** A mail whose bytes lie in the blob store. */
record StoredContent(BlobStore blobs, Blob blob) implements MailContent {

  @Override
  public long size() {
    return blob.size();
  }

  @Override
  public InputStream open() {
    return blobs.open(blob.digest());
  }
}
