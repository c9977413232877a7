package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.Between;
import io.engage.testkit.ConversationSearchContract;

/** The same lists when a word is so common that it is looked for along the list itself. */
class PostgresqlCommonWordsTest extends ConversationSearchContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected Storage emptyStorage() {
    Storage storage = POSTGRESQL.storage();
    Database database =
        new Database(
            new DataSourceTransactions(POSTGRESQL.database()), Dialect.POSTGRESQL, Prefix.USUAL);
    TableSearch search = new TableSearch(database, WordIndex.none());
    return Between.callersAnd(
        Storage.class, storage, call -> call.name().equals("search") ? search : call.proceed());
  }
}
