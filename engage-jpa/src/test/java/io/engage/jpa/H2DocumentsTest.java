package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.DocumentsContract;

class H2DocumentsTest extends DocumentsContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
