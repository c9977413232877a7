package io.engage.jpa;

import io.engage.spi.EngageException;
import io.engage.spi.PortFailure;
import io.engage.spi.StaleVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The database as the tables see it: joins the transaction that the host has open, else makes one,
 * and tries again what the database itself asks to try again.
 */
final class Database {
  private static final int MOST_TRIES = 5;
  private static final String DUPLICATE = "23505";

  private final Transactions transactions;
  private final Dialect dialect;
  private final String prefix;
  private final Map<String, String> named = new ConcurrentHashMap<>();

  Database(Transactions transactions, Dialect dialect, String prefix) {
    this.transactions = transactions;
    this.dialect = dialect;
    this.prefix = prefix;
  }

  Dialect dialect() {
    return dialect;
  }

  Transactions transactions() {
    return transactions;
  }

  /** Asks, in the host's transaction when one is open, so that it sees what that has changed. */
  <T> T ask(Asking<T> question) {
    try {
      Optional<Connection> joined = transactions.joined();
      return joined.isPresent()
          ? question.ask(session(joined.get()))
          : transactions.asking(connection -> question.ask(session(connection)));
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /** Changes all of it or nothing, in the host's transaction when one is open. */
  <T> T change(Asking<T> change) {
    try {
      Optional<Connection> joined = transactions.joined();
      return joined.isPresent() ? inHosts(joined.get(), change) : inOwn(change);
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  /**
   * Changes all of it or nothing, always in a transaction of its own: for what has to be durable,
   * and seen by other nodes, when it returns.
   */
  <T> T changeApart(Asking<T> change) {
    try {
      return inOwn(change);
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  private <T> T inOwn(Asking<T> change) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return transactions.inOwn(connection -> change.ask(session(connection)));
      } catch (SQLException failed) {
        if (tries == MOST_TRIES || !wantsAnotherTry(failed)) {
          throw failed;
        }
      }
    }
  }

  private <T> T inHosts(Connection connection, Asking<T> change) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      T result = change.ask(session(connection));
      connection.releaseSavepoint(before);
      return result;
    } catch (Throwable failed) {
      rollBack(connection, before, failed);
      throw failed;
    }
  }

  private static void rollBack(Connection connection, Savepoint before, Throwable failed) {
    try {
      connection.rollback(before);
    } catch (SQLException connectionIsGone) {
      failed.addSuppressed(connectionIsGone);
    }
  }

  private Session session(Connection connection) {
    return new Session(connection, dialect, this::named);
  }

  private String named(String sql) {
    return prefix.equals(Prefix.USUAL)
        ? sql
        : named.computeIfAbsent(sql, text -> Prefix.in(text, prefix));
  }

  /** Serialization failures and deadlocks: nothing of the transaction has stayed. */
  private static boolean wantsAnotherTry(SQLException failed) {
    @Nullable String state = failed.getSQLState();
    return state != null && (state.startsWith("40") || state.equals("55P03"));
  }

  /** A key that exists already was taken by somebody faster. */
  private static EngageException failure(SQLException failed) {
    if (DUPLICATE.equals(failed.getSQLState())) {
      return new StaleVersion("a record that somebody else stored first", "");
    }
    return new PortFailure(
        "The database refused or was not reached (SQL state '%s'). Nothing was stored; try again."
            .formatted(failed.getSQLState()),
        true);
  }

  /** Something that is asked or changed. */
  @FunctionalInterface
  interface Asking<T> {
    T ask(Session session) throws SQLException;
  }
}
