package io.engage.jpa;

import javax.sql.DataSource;

class SpringEclipseLinkHostTest extends HostContract {
  @Override
  Host over(DataSource connections) {
    return SpringHost.overEclipseLink(connections);
  }
}
