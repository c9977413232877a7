package io.engage.jpa;

import io.engage.spi.Paces;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row for each rate. It is never part of a host's transaction, since other nodes have to see at
 * once what is used up: so it takes a second connection while the host has one open.
 */
final class PaceTable implements Paces {
  private final Database database;

  PaceTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<byte[]> find(String name) {
    return database.askApart(
        session ->
            session.first(
                "select state from engage_pace where name = ?", row -> row.getBytes(1), name));
  }

  @Override
  public boolean swap(String name, byte @Nullable [] before, byte[] next) {
    return database.changeApart(
        session ->
            before == null
                ? begin(session, name, next)
                : session.update(
                        "update engage_pace set state = ? where name = ? and state = ?",
                        next,
                        name,
                        before)
                    == 1);
  }

  private static boolean begin(Session session, String name, byte[] next) throws SQLException {
    return session
            .insertMissing(
                "engage_pace",
                List.of("name", "state"),
                List.<Object[]>of(new Object[] {name, next}))[0]
        == 1;
  }

  @Override
  public void removeAll(String beginning) {
    database.changeApart(
        session ->
            session.update(
                "delete from engage_pace where name >= ? and left(name, char_length(?)) = ?",
                beginning,
                beginning,
                beginning));
  }
}
