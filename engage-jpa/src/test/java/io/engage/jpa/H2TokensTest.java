package io.engage.jpa;

import io.engage.spi.TokenStore;
import io.engage.testkit.TokenStoreContract;

class H2TokensTest extends TokenStoreContract {
  @Override
  protected TokenStore emptyStore() {
    return JpaStorage.over(Databases.h2()).build().tokens(KeySealing.with("first", new byte[32]));
  }
}
