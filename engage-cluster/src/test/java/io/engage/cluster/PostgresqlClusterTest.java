package io.engage.cluster;

import javax.sql.DataSource;

class PostgresqlClusterTest extends ClusterContract {
  @Override
  DataSource database() {
    return Databases.postgresql();
  }
}
