package io.engage.jpa;

import io.engage.testkit.Between;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that fails once, at a step that is named: at what is executed or committed, counted
 * over all its connections.
 */
final class FaultyDatabase {
  private static final Set<String> STEPS =
      Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit");

  private final DataSource real;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile int failing;
  private volatile @Nullable Fault fault;

  /**
   * @param state what it says
   * @param lost whether the connection is gone from then on
   * @param done whether the step is done before it fails
   */
  record Fault(String state, boolean lost, boolean done) {}

  FaultyDatabase(DataSource real) {
    this.real = real;
  }

  /** Fails at this step from now on counted, the next one being 1. */
  void failAt(int step, Fault how) {
    steps.set(0);
    failing = step;
    fault = how;
  }

  /** Fails no more. */
  void recover() {
    steps.set(0);
    fault = null;
  }

  /** Since something was said of faults. */
  int steps() {
    return steps.get();
  }

  boolean hasFailed() {
    return fault == null;
  }

  DataSource connections() {
    return Between.callersAnd(
        DataSource.class,
        real,
        call -> {
          Object result = call.proceed();
          return result instanceof Connection connection
              ? new Line(connection).asConnection()
              : result;
        });
  }

  private final class Line {
    private final Connection connection;
    private volatile boolean gone;

    Line(Connection connection) {
      this.connection = connection;
    }

    Connection asConnection() {
      return Between.callersAnd(
          Connection.class,
          connection,
          call -> {
            Object result = step(call);
            if (result instanceof PreparedStatement statement) {
              return Between.callersAnd(PreparedStatement.class, statement, this::step);
            }
            return result instanceof Statement statement
                ? Between.callersAnd(Statement.class, statement, this::step)
                : result;
          });
    }

    private @Nullable Object step(Between.Call call) throws Throwable {
      if (gone && !Set.of("close", "isClosed").contains(call.name())) {
        throw new SQLException("The connection is gone", "08003");
      }
      Fault now = fault;
      boolean counts = STEPS.contains(call.name());
      if (!counts || steps.incrementAndGet() != failing || now == null) {
        return call.proceed();
      }
      fault = null;
      if (now.done()) {
        call.proceed();
      }
      if (now.lost()) {
        gone = true;
        takeBack(now);
      }
      throw new SQLException("Ana's hat", now.state());
    }

    /** So a server does with what nobody commits any more. */
    private void takeBack(Fault now) throws SQLException {
      if (!now.done()) {
        connection.rollback();
      }
    }
  }
}
