package io.engage.jpa;

import io.engage.testkit.Between;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Remembers each execution of a statement; a batch is one. */
final class CountingDatabase {
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final DataSource counting;

  CountingDatabase(DataSource counted) {
    this.counting =
        Between.callersAnd(
            DataSource.class,
            counted,
            call -> {
              Object result = call.proceed();
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
    return Between.callersAnd(Connection.class, connection, this::statementOf);
  }

  private @Nullable Object statementOf(Between.Call call) throws Throwable {
    Object result = call.proceed();
    if (result instanceof PreparedStatement statement) {
      return counting(PreparedStatement.class, statement, (String) call.argument(0));
    }
    return result instanceof Statement statement
        ? counting(Statement.class, statement, "")
        : result;
  }

  private <S extends Statement> S counting(Class<S> type, S statement, String sql) {
    return Between.callersAnd(
        type,
        statement,
        call -> {
          if (call.name().startsWith("execute")) {
            executed.add(sql.isEmpty() ? String.valueOf(call.argument(0)) : sql);
          }
          return call.proceed();
        });
  }
}
