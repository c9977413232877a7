package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.OutboxContract;

class PostgresqlOutboxTest extends OutboxContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected Storage emptyStorage() {
    return POSTGRESQL.storage();
  }
}
