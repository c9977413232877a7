package io.engage.cluster;

import javax.sql.DataSource;

class H2ClusterTest extends ClusterContract {
  @Override
  DataSource database() {
    return Databases.h2();
  }
}
