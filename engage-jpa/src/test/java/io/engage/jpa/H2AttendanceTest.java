package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.AttendanceContract;

class H2AttendanceTest extends AttendanceContract {
  @Override
  protected Storage emptyStorage() {
    return JpaStorage.over(Databases.h2()).build();
  }
}
