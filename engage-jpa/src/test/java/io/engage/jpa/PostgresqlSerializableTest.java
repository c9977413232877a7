package io.engage.jpa;

import io.engage.spi.Storage;
import io.engage.testkit.StorageContract;
import org.junit.jupiter.api.Tag;

/** All promises, over a pool whose transactions see but what was there when they began. */
@Tag("PO-2")
class PostgresqlSerializableTest extends StorageContract {
  private static final EmptyPostgresql POSTGRESQL =
      new EmptyPostgresql(Databases.postgresql("serializable"));

  @Override
  protected Storage emptyStorage() {
    return POSTGRESQL.storage();
  }
}
