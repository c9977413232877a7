package io.engage.jpa;

import io.engage.jpa.JpaStorage.SchemaMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings the tables to what this Engage needs. */
final class Migrations {
  private static final List<String> FILES = List.of("0001_conversations.sql", "0002_working.sql");

  private final Database database;

  Migrations(Database database) {
    this.database = database;
  }

  void apply(SchemaMode mode) {
    if (mode == SchemaMode.UPDATE) {
      database.changeApart(
          session -> {
            for (String file : FILES) {
              run(session, file);
            }
            return FILES.size();
          });
    }
  }

  private static void run(Session session, String file) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      for (String each : session.named(text(session.dialect(), file)).split(";\\s*\\n")) {
        statement.execute(each);
      }
    }
  }

  private static String text(Dialect dialect, String file) {
    try (InputStream in = Migrations.class.getResourceAsStream(dialect.folder() + "/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
