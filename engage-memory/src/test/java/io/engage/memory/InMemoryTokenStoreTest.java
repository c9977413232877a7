package io.engage.memory;

import io.engage.spi.TokenStore;
import io.engage.testkit.TokenStoreContract;

class InMemoryTokenStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore emptyStore() {
    return InMemoryTokenStore.create();
  }
}
