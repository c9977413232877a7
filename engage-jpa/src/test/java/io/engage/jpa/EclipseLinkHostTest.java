package io.engage.jpa;

import javax.sql.DataSource;

class EclipseLinkHostTest extends HostContract {
  @Override
  Host over(DataSource connections) {
    return new JpaHost("eclipselink", connections);
  }
}
