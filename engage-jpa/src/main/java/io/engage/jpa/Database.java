package io.engage.jpa;

import io.engage.jpa.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The database as the tables see it: joins the transaction that the host has open, else makes one,
 * and tries again what the database itself asks to try again.
 */
final class Database {
  private static final int MOST_TRIES = 5;
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;

  private final Transactions transactions;
  private final Dialect dialect;
  private final String prefix;
  private final AtomicReference<@Nullable Boolean> stricter = new AtomicReference<>();

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
    Work<T> work = connection -> question.ask(session(connection));
    try {
      return transactions.isOpen() ? transactions.inOpen(work) : transactions.asking(work);
    } catch (SQLException failed) {
      throw Failures.of(failed);
    }
  }

  /** Asks for what is committed, whatever the host has open. */
  <T> T askApart(Asking<T> question) {
    try {
      return transactions.asking(connection -> question.ask(session(connection)));
    } catch (SQLException failed) {
      throw Failures.of(failed);
    }
  }

  /** Changes all of it or nothing, in the host's transaction when one is open. */
  <T> T change(Asking<T> change) {
    return transactions.isOpen() ? changeInHosts(change) : changeApart(change);
  }

  /**
   * Changes all of it or nothing, always in a transaction of its own: for what has to be durable,
   * and seen by other nodes, when it returns.
   */
  <T> T changeApart(Asking<T> change) {
    for (int tries = 1; ; tries++) {
      AtomicBoolean complete = new AtomicBoolean();
      try {
        return transactions.inOwn(connection -> completing(connection, change, complete));
      } catch (SQLException failed) {
        if (tries == MOST_TRIES || !Failures.wantsAnotherTry(failed)) {
          throw complete.get() ? Failures.atCommit(failed) : Failures.of(failed);
        }
        letOthersPass(tries);
      }
    }
  }

  private <T> T completing(Connection connection, Asking<T> change, AtomicBoolean complete)
      throws SQLException {
    complete.set(false);
    Session session = session(connection);
    if (isStricter(connection)) {
      dialect.seeWhatOthersCommit(session);
    }
    T result = change.ask(session);
    complete.set(true);
    return result;
  }

  /** Asked once: connections of one pool are alike, and the answer costs a round trip. */
  private boolean isStricter(Connection connection) throws SQLException {
    Boolean known = stricter.get();
    if (known == null) {
      known = connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED;
      stricter.set(known);
    }
    return known;
  }

  /** Whoever was in the way is unlikely to be there after a few milliseconds that are random. */
  private static void letOthersPass(int tries) {
    LockSupport.parkNanos(
        ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS * tries / MOST_TRIES));
  }

  private <T> T changeInHosts(Asking<T> change) {
    try {
      return transactions.inOpen(connection -> afterSavepoint(connection, change));
    } catch (SQLException failed) {
      throw Failures.of(failed);
    }
  }

  private <T> T afterSavepoint(Connection connection, Asking<T> change) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      T result = change.ask(session(connection));
      connection.releaseSavepoint(before);
      return result;
    } catch (Throwable failed) {
      takeBack(connection, before, failed);
      throw failed;
    }
  }

  /** Where the database has taken back more than that, the host must not go on as if it had not. */
  private void takeBack(Connection connection, Savepoint before, Throwable failed) {
    try {
      connection.rollback(before);
    } catch (SQLException moreIsGone) {
      failed.addSuppressed(moreIsGone);
      refuseCommit(failed);
    }
  }

  private void refuseCommit(Throwable failed) {
    try {
      transactions.refuseCommit();
    } catch (RuntimeException itsEndIsElsewhere) {
      failed.addSuppressed(itsEndIsElsewhere);
    }
  }

  private Session session(Connection connection) {
    return new Session(connection, dialect, this::named);
  }

  /** Not remembered: filters make statements of any shape. */
  private String named(String sql) {
    return Prefix.in(sql, prefix);
  }

  /** Something that is asked or changed. */
  @FunctionalInterface
  interface Asking<T> {
    T ask(Session session) throws SQLException;
  }
}
