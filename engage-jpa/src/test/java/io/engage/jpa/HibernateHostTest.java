package io.engage.jpa;

import javax.sql.DataSource;

class HibernateHostTest extends HostContract {
  @Override
  Host over(DataSource connections) {
    return new JpaHost("hibernate", connections);
  }
}
