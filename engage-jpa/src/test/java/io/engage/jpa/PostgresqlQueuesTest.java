package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.QueuesContract;

class PostgresqlQueuesTest extends QueuesContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected Storage emptyStorage() {
    return POSTGRESQL.storage();
  }
}
