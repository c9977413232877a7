package io.engage.jpa;

import javax.sql.DataSource;

class H2BlobsTest extends TableBlobsContract {
  private final DataSource database = Databases.h2();

  @Override
  protected JpaStorage empty() {
    return JpaStorage.over(database).build();
  }

  @Override
  protected DataSource database() {
    return database;
  }
}
