package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.InboxStoreContract;

class PostgresqlInboxesTest extends InboxStoreContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected Storage emptyStorage() {
    return POSTGRESQL.storage();
  }
}
