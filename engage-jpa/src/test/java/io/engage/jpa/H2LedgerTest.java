package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.IngestLedgerContract;

class H2LedgerTest extends IngestLedgerContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
