package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.EventQueueContract;

class H2EventQueueTest extends EventQueueContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
