package io.engage.jpa;

import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.spi.Storage;
import javax.sql.DataSource;

/** One schema of the test PostgreSQL, emptied before each test: making tables takes longer. */
final class EmptyPostgresql {
  private final DataSource database;
  private boolean made;

  EmptyPostgresql() {
    this(Databases.postgresql());
  }

  EmptyPostgresql(DataSource database) {
    this.database = database;
  }

  /** A storage that holds nothing. */
  synchronized Storage storage() {
    if (made) {
      Databases.empty(database);
      return JpaStorage.over(database).schema(SchemaMode.NONE).build();
    }
    made = true;
    return JpaStorage.over(database).build();
  }

  DataSource database() {
    return database;
  }
}
