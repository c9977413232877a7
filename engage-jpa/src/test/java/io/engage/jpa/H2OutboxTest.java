package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.OutboxContract;

class H2OutboxTest extends OutboxContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
