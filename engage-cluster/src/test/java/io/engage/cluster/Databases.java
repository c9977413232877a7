package io.engage.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Real databases with the tables of Engage: H2 in memory, and a PostgreSQL that lives as long as
 * the test run, or the one that {@code ENGAGE_TEST_JDBC_URL} names.
 */
final class Databases {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Databases() {}

  /** A new, empty H2. */
  static DataSource h2() {
    return ready(pool("jdbc:h2:mem:cluster%d;DB_CLOSE_DELAY=-1".formatted(next()), null));
  }

  /** A new, empty schema of the one PostgreSQL. */
  static DataSource postgresql() {
    return ready(pool(Server.URL, newSchema()));
  }

  /** The same, for other processes. */
  static String address() {
    String schema = newSchema();
    ready(pool(Server.URL, schema));
    return Server.URL + (Server.URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }

  /** What {@link #address} gave. */
  static DataSource at(String address) {
    return pool(address, null);
  }

  private static int next() {
    return NUMBER.incrementAndGet();
  }

  private static String newSchema() {
    String schema = "cluster_%d_%d".formatted(ProcessHandle.current().pid(), next());
    try (Connection connection = DriverManager.getConnection(Server.URL);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema " + schema);
      return schema;
    } catch (SQLException e) {
      throw new IllegalStateException("The test database takes no new schema", e);
    }
  }

  private static DataSource ready(DataSource database) {
    Schema.over(database, "engage_").update();
    return database;
  }

  private static DataSource pool(String url, @Nullable String schema) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setSchema(schema);
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    config.setIdleTimeout(10_000);
    return new HikariDataSource(config);
  }

  private static final class Server {
    static final String URL = url();

    private Server() {}

    private static String url() {
      String given = System.getenv("ENGAGE_TEST_JDBC_URL");
      if (given != null) {
        return given;
      }
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "300")
            .start()
            .getJdbcUrl("postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
