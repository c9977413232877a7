package io.engage.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = call(real, method, arguments);
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
      return proxy(
          Connection.class,
          (self, method, arguments) -> {
            Object result = step(connection, method, arguments);
            if (result instanceof PreparedStatement statement) {
              return proxy(PreparedStatement.class, steps(statement));
            }
            return result instanceof Statement statement
                ? proxy(Statement.class, steps(statement))
                : result;
          });
    }

    private InvocationHandler steps(Statement statement) {
      return (self, method, arguments) -> step(statement, method, arguments);
    }

    private @Nullable Object step(Object target, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (gone && !Set.of("close", "isClosed").contains(method.getName())) {
        throw new SQLException("The connection is gone", "08003");
      }
      Fault now = fault;
      boolean counts = STEPS.contains(method.getName());
      if (!counts || steps.incrementAndGet() != failing || now == null) {
        return call(target, method, arguments);
      }
      fault = null;
      if (now.done()) {
        call(target, method, arguments);
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

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
