package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.PersonSearchContract;

class H2PersonSearchTest extends PersonSearchContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
