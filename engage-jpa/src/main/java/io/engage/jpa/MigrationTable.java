package io.engage.jpa;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which migrations a database has had, and with which text. */
final class MigrationTable {
  static final String NAME = "engage_migration";

  /** The same for all databases; a row with the number 0 is no migration but something to lock. */
  static final String DEFINITION =
      """
      create table if not exists engage_migration (
        number integer primary key,
        name varchar(100) not null,
        checksum varchar(64) not null,
        applied_at timestamp with time zone default current_timestamp not null
      )\
      """;

  /** A migration as the database remembers it. */
  record Applied(int number, String name, String checksum) {}

  void make(Session session) throws SQLException {
    Migrations.run(session, List.of(DEFINITION));
  }

  List<Applied> read(Session session) throws SQLException {
    return session.list(
        "select number, name, checksum from engage_migration where number > 0 order by number",
        row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)));
  }

  void add(Session session, Migration migration) throws SQLException {
    session.update(
        "insert into engage_migration (number, name, checksum) values (?, ?, ?)",
        migration.number(),
        migration.name(),
        migration.checksum());
  }

  /** For whoever applies migrations by other means. */
  static String addition(Migration migration) {
    return "insert into engage_migration (number, name, checksum) values (%d, '%s', '%s')"
        .formatted(migration.number(), migration.name(), migration.checksum());
  }

  /** The tables that are found without naming a schema. */
  Set<String> names(Session session) throws SQLException {
    return new HashSet<>(
        session.list(
            "select table_name from information_schema.tables where table_schema = current_schema",
            row -> row.getString(1).toLowerCase(Locale.ROOT)));
  }
}
