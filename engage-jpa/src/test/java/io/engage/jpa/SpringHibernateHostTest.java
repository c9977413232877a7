package io.engage.jpa;

import javax.sql.DataSource;

class SpringHibernateHostTest extends HostContract {
  @Override
  Host over(DataSource connections) {
    return SpringHost.overHibernate(connections);
  }
}
