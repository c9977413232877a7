package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.ConversationSearchContract;
import java.lang.reflect.Proxy;

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
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("search") ? search : method.invoke(storage, arguments));
  }
}
