package io.engage.memory;

import io.engage.spi.BlobStore;
import io.engage.testkit.BlobStoreContract;

class InMemoryBlobStoreTest extends BlobStoreContract {
  @Override
  protected BlobStore emptyStore() {
    return InMemoryBlobStore.create();
  }

  @Override
  protected BlobStore restarted(BlobStore store) {
    return InMemoryBlobStore.create();
  }

  @Override
  protected boolean outlivesItsProcess() {
    return false;
  }
}
