package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The tables of Engage, for hosts that bring them up themselves: from the command line, or among
 * the migrations of their own.
 *
 * <pre>{@code
 * Schema.scripts(Dialect.POSTGRESQL, "engage_").forEach(each -> write(each.fileName(), each.sql()));
 * }</pre>
 *
 * <p>The scripts say in the table of migrations that they were applied, so that {@link #problems}
 * and {@link JpaStorage.SchemaMode#VALIDATE} find them, and {@link #update} passes them over. What
 * is released is never changed; a later Engage adds scripts with higher numbers.
 */
public final class Schema {
  private final Migrations migrations;

  private Schema(Migrations migrations) {
    this.migrations = migrations;
  }

  /** In the database behind a pool of connections. */
  public static Schema over(DataSource connections, String prefix) {
    return over(new DataSourceTransactions(requireNonNull(connections, "connections")), prefix);
  }

  /** In the database that these transactions lead to. */
  public static Schema over(Transactions transactions, String prefix) {
    return new Schema(
        new Migrations(
            new Database(transactions, Dialect.of(transactions), Prefix.checked(prefix))));
  }

  /** All scripts, in the order in which they are applied. */
  public static List<Script> scripts(Dialect dialect, String prefix) {
    Prefix.checked(prefix);
    return Migrations.of(dialect).stream().map(each -> script(each, prefix)).toList();
  }

  private static Script script(Migration migration, String prefix) {
    List<String> all = new ArrayList<>();
    if (migration.number() == 1) {
      all.add(MigrationTable.DEFINITION);
    }
    all.addAll(migration.statements());
    all.add(MigrationTable.addition(migration));
    String sql = String.join(";\n\n", all) + ";\n";
    return new Script(migration.number(), migration.name(), Prefix.in(sql, prefix));
  }

  /**
   * Applies what is missing, one node at a time: others that call this wait. On H2 it takes two
   * connections.
   *
   * @return the names of what was applied
   */
  public List<String> update() {
    return migrations.update().stream().map(Migration::name).toList();
  }

  /** Why this program cannot work with the tables, in sentences; empty when it can. */
  public List<String> problems() {
    return migrations.problems();
  }

  /**
   * SQL that brings the tables one step further.
   *
   * @param number from 1, without gaps
   */
  public record Script(int number, String name, String sql) {
    /** As Flyway names its files: {@code V1__conversations.sql}. */
    public String fileName() {
      return "V%d__%s.sql".formatted(number, name);
    }
  }
}
