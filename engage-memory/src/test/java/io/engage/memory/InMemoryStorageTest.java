package io.engage.memory;

import io.engage.spi.Storage;
import io.engage.testkit.StorageContract;

class InMemoryStorageTest extends StorageContract {
  @Override
  protected Storage emptyStorage() {
    return InMemoryStorage.create();
  }
}
