package io.engage.jpa;

import javax.sql.DataSource;

class H2SchemaTest extends SchemaContract {
  @Override
  DataSource empty() {
    return Databases.h2();
  }

  @Override
  Dialect dialect() {
    return Dialect.H2;
  }
}
