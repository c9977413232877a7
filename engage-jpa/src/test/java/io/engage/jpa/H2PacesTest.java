package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.PacesContract;

class H2PacesTest extends PacesContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
