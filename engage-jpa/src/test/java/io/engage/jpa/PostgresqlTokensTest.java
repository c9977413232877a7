package io.engage.jpa;

import io.engage.spi.TokenStore;
import io.engage.testkit.TokenStoreContract;

class PostgresqlTokensTest extends TokenStoreContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected TokenStore emptyStore() {
    return ((JpaStorage) POSTGRESQL.storage()).tokens(KeySealing.with("first", new byte[32]));
  }
}
