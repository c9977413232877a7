package io.engage.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A host that has this transaction open, for ever. */
record Joined(DataSource database, Connection open) implements Transactions {
  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public <T> T inOpen(Work<T> work) throws SQLException {
    return work.on(open);
  }

  @Override
  public void refuseCommit() {
    throw new IllegalStateException("This host commits whatever comes");
  }

  @Override
  public <T> T inOwn(Work<T> work) throws SQLException {
    return new DataSourceTransactions(database).inOwn(work);
  }

  @Override
  public <T> T asking(Work<T> question) throws SQLException {
    return new DataSourceTransactions(database).asking(question);
  }

  @Override
  public void afterCommit(Runnable action) {
    action.run();
  }
}
