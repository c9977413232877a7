package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.InboxStoreContract;

class H2InboxesTest extends InboxStoreContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
