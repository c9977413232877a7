package io.engage.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Remembers each execution of a statement; a batch is one. */
final class CountingDatabase {
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final DataSource counting;

  CountingDatabase(DataSource counted) {
    this.counting =
        proxy(
            DataSource.class,
            (proxy, method, arguments) -> {
              Object result = call(counted, method, arguments);
              return result instanceof Connection connection ? counting(connection) : result;
            });
  }

  DataSource connections() {
    return counting;
  }

  /** What is executed meanwhile. */
  List<String> during(Runnable work) {
    executed.clear();
    work.run();
    return List.copyOf(executed);
  }

  private Connection counting(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(connection, method, arguments);
          if (result instanceof PreparedStatement statement) {
            return counting(PreparedStatement.class, statement, (String) arguments[0]);
          }
          return result instanceof Statement statement
              ? counting(Statement.class, statement, "")
              : result;
        });
  }

  private <S extends Statement> S counting(Class<S> type, S statement, String sql) {
    return proxy(
        type,
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            executed.add(sql.isEmpty() ? String.valueOf(arguments[0]) : sql);
          }
          return call(statement, method, arguments);
        });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
