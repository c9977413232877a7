package io.engage.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** How many rows stand in the tables of a database, as somebody else sees them. */
final class Rows {
  private Rows() {}

  /** In all tables of Engage. */
  static Map<String, Long> ofEngage(DataSource database) {
    Map<String, Long> counted = new TreeMap<>();
    for (String table : MigrationCheck.tablesOf(Migrations.of(dialect(database)))) {
      counted.put(table, in(database, table));
    }
    return counted;
  }

  static long in(DataSource database, String table) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Dialect dialect(DataSource database) {
    return Dialect.of(new DataSourceTransactions(database));
  }
}
