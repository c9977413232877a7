package io.engage.examples.posdemo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.JpaStorage;
import io.engage.model.audit.AuditEntry;
import io.engage.spi.BlobStore;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/** Where the shop keeps everything: one database, the bytes of mails too. */
final class ShopStore implements AutoCloseable {
  private static final String H2_FILE = "jdbc:h2:";

  private final String url;
  private final HikariDataSource connections;
  private final JpaStorage storage;

  private ShopStore(String url, HikariDataSource connections) {
    this.url = url;
    this.connections = connections;
    this.storage = JpaStorage.over(connections).build();
  }

  /** In a folder of its own, so that every demo begins with an empty shop. */
  static ShopStore inNewFolder() {
    try {
      return at(H2_FILE + Files.createTempDirectory("engage-demo").resolve("shop"));
    } catch (IOException full) {
      throw new UncheckedIOException("There is no room for the demo's files", full);
    }
  }

  /** Where an earlier demo may have kept its day. */
  static ShopStore at(String url) {
    if (!isKnown(url)) {
      throw new IllegalArgumentException("The demo keeps its data in jdbc:h2:FILE alone");
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    return new ShopStore(url, new HikariDataSource(config));
  }

  static boolean isKnown(String url) {
    return url.startsWith(H2_FILE) && !url.startsWith(H2_FILE + "mem:");
  }

  String url() {
    return url;
  }

  Storage storage() {
    return storage;
  }

  BlobStore blobs() {
    return storage.blobs();
  }

  /** When something happened last; empty for a shop that never opened. */
  Optional<Instant> lastUsed() {
    return storage.audit().newest(1).stream().findFirst().map(AuditEntry::at);
  }

  @Override
  public void close() {
    connections.close();
  }
}
