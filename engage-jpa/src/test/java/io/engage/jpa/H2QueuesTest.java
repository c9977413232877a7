package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.QueuesContract;

class H2QueuesTest extends QueuesContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
