package io.engage.jpa;

import javax.sql.DataSource;

class PostgresqlSchemaTest extends SchemaContract {
  @Override
  DataSource empty() {
    return Databases.postgresql();
  }

  @Override
  Dialect dialect() {
    return Dialect.POSTGRESQL;
  }
}
