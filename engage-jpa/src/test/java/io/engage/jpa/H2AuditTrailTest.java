package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.AuditTrailContract;

class H2AuditTrailTest extends AuditTrailContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
