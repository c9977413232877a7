package io.engage.jpa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that tells how it does what it is asked, just before it does it. */
final class ExplainingDatabase {
  private final DataSource real;
  private final List<String> plans = new CopyOnWriteArrayList<>();

  ExplainingDatabase(DataSource real) {
    this.real = real;
  }

  /** The plan of each statement that was run. */
  List<String> plans() {
    return List.copyOf(plans);
  }

  DataSource connections() {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = call(real, method, arguments);
          return result instanceof Connection connection ? explaining(connection) : result;
        });
  }

  private Connection explaining(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = call(connection, method, arguments);
          return result instanceof PreparedStatement statement && arguments != null
              ? explaining(connection, (String) arguments[0], statement)
              : result;
        });
  }

  /** The values of a statement that runs many times at once are those of its last row. */
  private PreparedStatement explaining(
      Connection connection, String sql, PreparedStatement statement) {
    List<Call> values = new ArrayList<>();
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("set")) {
            values.add(new Call(method, arguments));
          } else if (method.getName().startsWith("execute")) {
            explain(connection, sql, values);
          }
          return call(statement, method, arguments);
        });
  }

  private void explain(Connection connection, String sql, List<Call> values) throws Throwable {
    try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (Call each : values) {
        call(explain, each.method(), each.arguments());
      }
      StringBuilder plan = new StringBuilder(sql).append('\n');
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      plans.add(plan.toString());
    }
  }

  private record Call(Method method, @Nullable Object @Nullable [] arguments) {}

  @FunctionalInterface
  private interface Answer {
    @Nullable Object to(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause() == null ? new SQLException(failed) : failed.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method, arguments)));
  }
}
