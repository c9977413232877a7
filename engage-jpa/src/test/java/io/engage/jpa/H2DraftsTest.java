package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.DraftsContract;

class H2DraftsTest extends DraftsContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
