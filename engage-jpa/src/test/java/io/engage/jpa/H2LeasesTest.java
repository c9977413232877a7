package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.LeasesContract;

class H2LeasesTest extends LeasesContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
