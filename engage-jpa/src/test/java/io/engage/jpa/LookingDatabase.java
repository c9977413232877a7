package io.engage.jpa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engage.testkit.Between;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Has PostgreSQL tell how it answers each question, and how many rows it looks at for it. */
final class LookingDatabase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Plan> plans = new CopyOnWriteArrayList<>();
  private final DataSource watching;

  LookingDatabase(DataSource explained) {
    this.watching =
        Between.callersAnd(
            DataSource.class,
            explained,
            call -> {
              Object result = call.proceed();
              return result instanceof Connection connection ? watched(connection) : result;
            });
  }

  /**
   * How a question was answered.
   *
   * @param looked how many rows of which table or index were looked at, wanted or not
   */
  record Plan(String sql, Map<String, Long> looked) {
    long rows() {
      return looked.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  DataSource connections() {
    return watching;
  }

  List<Plan> during(Runnable questions) {
    plans.clear();
    questions.run();
    return List.copyOf(plans);
  }

  private Connection watched(Connection connection) {
    return Between.callersAnd(
        Connection.class,
        connection,
        call -> {
          Object result = call.proceed();
          return result instanceof PreparedStatement statement && call.size() == 1
              ? watched(connection, statement, (String) call.argument(0))
              : result;
        });
  }

  private PreparedStatement watched(
      Connection connection, PreparedStatement statement, String sql) {
    List<Between.Call> bound = new ArrayList<>();
    return Between.callersAnd(
        PreparedStatement.class,
        statement,
        call -> {
          if (call.name().startsWith("set") && call.size() > 1) {
            bound.add(call);
          } else if (call.name().equals("executeQuery")) {
            explain(connection, sql, bound);
          }
          return call.proceed();
        });
  }

  private void explain(Connection connection, String sql, List<Between.Call> bound)
      throws Throwable {
    try (PreparedStatement explanation =
        connection.prepareStatement("explain (analyze, format json) " + sql)) {
      for (Between.Call each : bound) {
        each.on(explanation);
      }
      plans.add(new Plan(sql, looked(explanation)));
    }
  }

  private static Map<String, Long> looked(PreparedStatement explanation)
      throws SQLException, JsonProcessingException {
    try (ResultSet rows = explanation.executeQuery()) {
      rows.next();
      Map<String, Long> looked = new TreeMap<>();
      addTo(looked, JSON.readTree(rows.getString(1)).get(0).get("Plan"));
      return looked;
    }
  }

  private static void addTo(Map<String, Long> looked, JsonNode node) {
    String type = node.get("Node Type").asText();
    String what = node.path("Index Name").asText(node.path("Relation Name").asText());
    if (type.endsWith("Scan") && !what.isEmpty()) {
      double each =
          node.path("Actual Rows").asDouble()
              + node.path("Rows Removed by Filter").asDouble()
              + node.path("Rows Removed by Index Recheck").asDouble();
      looked.merge(
          type + " of " + what, Math.round(each * node.path("Actual Loops").asDouble()), Long::sum);
    }
    node.path("Plans").forEach(each -> addTo(looked, each));
  }
}
