package io.engage.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions of a host that has a pool of connections, and none of its own to join. */
final class DataSourceTransactions implements Transactions {
  private final DataSource connections;

  DataSourceTransactions(DataSource connections) {
    this.connections = connections;
  }

  @Override
  public boolean isOpen() {
    return false;
  }

  @Override
  public <T> T inOpen(Work<T> work) {
    throw new IllegalStateException("A pool of connections has no open transaction");
  }

  @Override
  public void refuseCommit() {
    throw new IllegalStateException("A pool of connections has no open transaction");
  }

  @Override
  public <T> T inOwn(Work<T> work) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      boolean committedByItself = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (Throwable failed) {
        rollBack(connection, failed);
        throw failed;
      } finally {
        restore(connection, committedByItself);
      }
    }
  }

  @Override
  public <T> T asking(Work<T> question) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      boolean committedByItself = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try {
        return question.on(connection);
      } finally {
        restore(connection, committedByItself);
      }
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    action.run();
  }

  private static void rollBack(Connection connection, Throwable failed) {
    try {
      connection.rollback();
    } catch (SQLException connectionIsGone) {
      failed.addSuppressed(connectionIsGone);
    }
  }

  private static void restore(Connection connection, boolean committedByItself)
      throws SQLException {
    if (!connection.isClosed() && connection.getAutoCommit() != committedByItself) {
      connection.setAutoCommit(committedByItself);
    }
  }
}
