package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.ConversationSearchContract;

class PostgresqlConversationSearchTest extends ConversationSearchContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected Storage emptyStorage() {
    return POSTGRESQL.storage();
  }
}
