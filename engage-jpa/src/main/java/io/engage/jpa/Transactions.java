package io.engage.jpa;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where connections and transactions come from. {@link JpaTransactions} and {@link
 * SpringTransactions} serve most hosts, and a plain {@link javax.sql.DataSource} those that have no
 * transactions to join; a host with transactions of another kind, such as JTA without Spring,
 * writes this interface.
 *
 * <p><b>Callers.</b> Any thread, many at once.
 */
public interface Transactions {

  /** Whether the calling thread has a transaction open that Engage is to take part in. */
  boolean isOpen();

  /**
   * Runs work on the connection of the open transaction, which is neither committed, rolled back
   * nor closed; what is refused was taken back to a savepoint when this throws, so the host may go
   * on. Called only when one {@linkplain #isOpen() is open}.
   */
  <T> T inOpen(Work<T> work) throws SQLException;

  /**
   * Sees to it that the open transaction is not committed: the database has taken back more of it
   * than what was refused.
   */
  void refuseCommit();

  /**
   * Runs work on a connection of its own, beside what may be open, and commits it when the work
   * returns. When it throws, nothing of it stays.
   */
  <T> T inOwn(Work<T> work) throws SQLException;

  /** Runs questions on a connection that commits by itself, or in a transaction of its own. */
  <T> T asking(Work<T> question) throws SQLException;

  /**
   * Runs {@code action} once after the open transaction has ended well, on any thread, and never
   * when it is rolled back; at once when none is open, or when its end cannot be seen.
   */
  void afterCommit(Runnable action);

  /** Something that is done on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}
