package io.engage.jpa;

import javax.sql.DataSource;

class PostgresqlBlobsTest extends TableBlobsContract {
  private static final EmptyPostgresql POSTGRESQL = new EmptyPostgresql();

  @Override
  protected JpaStorage empty() {
    return (JpaStorage) POSTGRESQL.storage();
  }

  @Override
  protected DataSource database() {
    return POSTGRESQL.database();
  }
}
