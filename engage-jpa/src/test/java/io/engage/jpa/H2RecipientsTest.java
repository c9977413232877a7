package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.RecipientsContract;

class H2RecipientsTest extends RecipientsContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
