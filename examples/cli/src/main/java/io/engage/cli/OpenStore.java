package io.engage.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.engage.jpa.JpaStorage;
import io.engage.memory.InMemoryStorage;
import io.engage.spi.BlobStore;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A storage as long as the command runs. */
final class OpenStore implements AutoCloseable {
  private final Storage storage;
  private final @Nullable BlobStore blobs;
  private final @Nullable HikariDataSource connections;

  private OpenStore(
      Storage storage, @Nullable BlobStore blobs, @Nullable HikariDataSource connections) {
    this.storage = storage;
    this.blobs = blobs;
    this.connections = connections;
  }

  static OpenStore inMemory() {
    return new OpenStore(InMemoryStorage.create(), null, null);
  }

  /**
   * In a database, whose tables are made or brought up.
   *
   * @throws PortFailure when it does not let us in
   */
  static OpenStore at(String url, @Nullable String user, @Nullable String password) {
    HikariDataSource connections = connect(url, user, password);
    try {
      JpaStorage storage = JpaStorage.over(connections).build();
      return new OpenStore(storage, storage.blobs(), connections);
    } catch (RuntimeException unusable) {
      connections.close();
      throw unusable;
    }
  }

  /**
   * @throws PortFailure when it does not let us in
   */
  static HikariDataSource connect(String url, @Nullable String user, @Nullable String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("engage");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    if (url.startsWith("jdbc:postgresql:")) {
      config.addDataSourceProperty("reWriteBatchedInserts", "true");
    }
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException refused) {
      Throwable why = refused.getCause() == null ? refused : refused.getCause();
      throw new PortFailure("The database does not let us in: " + why.getMessage(), false);
    }
  }

  Storage storage() {
    return storage;
  }

  /** Where the bytes of mails are kept beside it; empty when it is the memory. */
  Optional<BlobStore> blobs() {
    return Optional.ofNullable(blobs);
  }

  @Override
  public void close() {
    if (connections != null) {
      connections.close();
    }
  }
}
