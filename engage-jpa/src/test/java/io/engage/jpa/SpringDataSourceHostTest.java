package io.engage.jpa;

import javax.sql.DataSource;

class SpringDataSourceHostTest extends HostContract {
  @Override
  Host over(DataSource connections) {
    return SpringHost.overDataSource(connections);
  }
}
