package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.HeartbeatsContract;

class H2HeartbeatsTest extends HeartbeatsContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
