package io.engage.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where connections and transactions come from. {@link DataSourceTransactions} and its siblings
 * serve most hosts; one with transactions of its own kind writes this interface.
 *
 * <p><b>Callers.</b> Any thread, many at once.
 */
public interface Transactions {

  /**
   * The connection of the transaction that the calling thread has open; empty when it has none. It
   * is used before the caller's next statement, and neither committed, rolled back nor closed; what
   * is refused is taken back to a savepoint.
   */
  Optional<Connection> joined();

  /**
   * Runs work on a connection of its own, and commits it when the work returns. When it throws,
   * nothing of it stays.
   */
  <T> T inOwn(Work<T> work) throws SQLException;

  /** Runs questions on a connection that commits by itself, or in a transaction of its own. */
  <T> T asking(Work<T> question) throws SQLException;

  /**
   * Runs {@code action} once after the {@linkplain #joined() joined} transaction has ended well, on
   * any thread, and never when it is rolled back; at once when there is none, or when its end
   * cannot be seen.
   */
  void afterCommit(Runnable action);

  /** Something that is done on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}
