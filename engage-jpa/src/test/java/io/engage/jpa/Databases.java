package io.engage.jpa;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Real databases for tests: H2 in memory, and a PostgreSQL that lives as long as the test run, or
 * the one that {@code ENGAGE_TEST_JDBC_URL} names. Each test class gets tables of its own.
 */
final class Databases {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Cleaner FORGOTTEN = Cleaner.create();

  /** Hundreds of pools with a few idle connections each are more than the server takes. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private Databases() {}

  /** A new, empty database of that kind. */
  static DataSource of(Dialect dialect) {
    return switch (dialect) {
      case H2 -> h2();
      case POSTGRESQL -> postgresql();
    };
  }

  /**
   * A new, empty H2. Its connections cost nothing, and each pool would keep a thread. It is there
   * for as long as somebody has it: hundreds of them do not fit into the memory of a test run.
   */
  static DataSource h2() {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:test%d".formatted(NUMBER.incrementAndGet()));
    try {
      Connection keeping = database.getConnection();
      FORGOTTEN.register(database, () -> close(keeping));
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException("H2 makes no database", e);
    }
  }

  /** With the last connection goes the database. */
  private static void close(Connection last) {
    try {
      last.close();
    } catch (SQLException e) {
      throw new IllegalStateException("H2 does not let a database go", e);
    }
  }

  /** A new, empty H2, whose connections isolate transactions in that way, such as serializable. */
  static DataSource h2(String isolation) {
    JdbcDataSource database = (JdbcDataSource) h2();
    database.setUrl(
        database.getUrl()
            + ";INIT=set session characteristics as transaction isolation level "
            + isolation);
    return database;
  }

  /** A new, empty schema of the one PostgreSQL. */
  static DataSource postgresql() {
    return postgresql("read committed");
  }

  /** The same, with connections that isolate transactions in that way, such as serializable. */
  static DataSource postgresql(String isolation) {
    String schema = "test_%d_%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
    try (Connection connection = java.sql.DriverManager.getConnection(Server.URL);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException("The test database takes no new schema", e);
    }
    return pool(schema, isolation);
  }

  /** Takes all rows out of all tables of a schema of {@link #postgresql}. */
  static void empty(DataSource postgresql) {
    try (Connection connection = postgresql.getConnection();
        Statement statement = connection.createStatement()) {
      StringJoiner tables = new StringJoiner(", ", "truncate ", "");
      tables.setEmptyValue("");
      try (ResultSet rows =
          statement.executeQuery(
              "select tablename from pg_tables where schemaname = current_schema()"
                  + " and tablename not like '%migration%'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      statement.execute(tables.toString());
    } catch (SQLException e) {
      throw new IllegalStateException("The test database could not be emptied", e);
    }
  }

  private static DataSource pool(String schema, String isolation) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Server.URL);
    config.setSchema(schema);
    config.setConnectionInitSql(
        "set session characteristics as transaction isolation level " + isolation);
    config.setMaximumPoolSize(12);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
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
