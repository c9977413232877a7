package io.engage.jpa;

import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.jpa.MigrationTable.Applied;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to what this Engage needs: one migration after the other, each in a transaction
 * of its own, one node at a time. Whoever is cut short goes on with the first that is missing.
 */
final class Migrations {
  private static final List<String> FILES =
      List.of(
          "0001_conversations.sql",
          "0002_working.sql",
          "0003_audit.sql",
          "0004_documents.sql",
          "0005_recipients.sql",
          "0006_blobs.sql",
          "0007_tokens.sql",
          "0008_jobs.sql",
          "0009_queues.sql");

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final Database database;
  private final MigrationTable table;

  Migrations(Database database) {
    this.database = database;
    this.table = new MigrationTable();
  }

  /** What a database of this kind needs, in order. */
  static List<Migration> of(Dialect dialect) {
    return FILES.stream().map(file -> Migration.parse(file, text(dialect, file))).toList();
  }

  void apply(SchemaMode mode) {
    if (mode == SchemaMode.UPDATE) {
      update();
    } else if (mode == SchemaMode.VALIDATE) {
      refuse(problems());
    }
  }

  /** Everything that keeps this Engage from working with these tables; empty when nothing does. */
  List<String> problems() {
    return database.ask(
        session -> {
          Set<String> tables = table.names(session);
          List<Applied> applied =
              tables.contains(session.named(MigrationTable.NAME)) ? table.read(session) : List.of();
          return new MigrationCheck(of(session.dialect()), session::named)
              .problems(applied, tables);
        });
  }

  /**
   * @return those that were missing
   */
  List<Migration> update() {
    if (problems().isEmpty()) {
      return List.of();
    }
    List<Migration> done = new ArrayList<>();
    database
        .dialect()
        .migrateAlone(
            database,
            table,
            () -> {
              for (Migration each : of(database.dialect())) {
                if (database.changeApart(session -> applyOnce(session, each))) {
                  LOG.info(
                      "The tables of Engage have migration {}, '{}'", each.number(), each.name());
                  done.add(each);
                }
              }
            });
    refuse(problems());
    return done;
  }

  private boolean applyOnce(Session session, Migration migration) throws SQLException {
    session.dialect().lockMigrations(session);
    table.make(session);
    List<Applied> applied = table.read(session);
    refuse(new MigrationCheck(of(session.dialect()), session::named).conflicts(applied));
    if (applied.stream().anyMatch(each -> each.number() == migration.number())) {
      return false;
    }
    run(session, migration.statements());
    table.add(session, migration);
    return true;
  }

  static void run(Session session, List<String> statements) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      for (String each : statements) {
        statement.execute(session.named(each));
      }
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new PortFailure(
          "The tables of Engage are not as this program needs them: " + String.join(" ", problems),
          false);
    }
  }

  private static String text(Dialect dialect, String file) {
    try (InputStream in = Migrations.class.getResourceAsStream(dialect.folder() + "/" + file)) {
      if (in == null) {
        throw new IllegalStateException("The jar of engage-jpa lacks '%s'".formatted(file));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
