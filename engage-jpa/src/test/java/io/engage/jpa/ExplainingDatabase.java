package io.engage.jpa;

import io.engage.testkit.Between;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

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
    return Between.callersAnd(
        DataSource.class,
        real,
        call -> {
          Object result = call.proceed();
          return result instanceof Connection connection ? explaining(connection) : result;
        });
  }

  private Connection explaining(Connection connection) {
    return Between.callersAnd(
        Connection.class,
        connection,
        call -> {
          Object result = call.proceed();
          return result instanceof PreparedStatement statement && call.size() > 0
              ? explaining(connection, (String) call.argument(0), statement)
              : result;
        });
  }

  /** The values of a statement that runs many times at once are those of its last row. */
  private PreparedStatement explaining(
      Connection connection, String sql, PreparedStatement statement) {
    List<Between.Call> values = new ArrayList<>();
    return Between.callersAnd(
        PreparedStatement.class,
        statement,
        call -> {
          if (call.name().startsWith("set")) {
            values.add(call);
          } else if (call.name().startsWith("execute")) {
            explain(connection, sql, values);
          }
          return call.proceed();
        });
  }

  private void explain(Connection connection, String sql, List<Between.Call> values)
      throws Throwable {
    try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (Between.Call each : values) {
        each.on(explain);
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
}
