package io.engage.jpa;

import io.engage.spi.Leases;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row for each name ever used; it stays when the lease is given back, with its token. Leases
 * are never part of a host's transaction: other nodes have to see them at once.
 */
final class LeaseTable implements Leases {
  private static final String NOBODY = "";

  private final Database database;

  LeaseTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Lease> acquire(String name, String owner, Instant now, Instant until) {
    return database.changeApart(
        session -> {
          session.insertMissing(
              "engage_lease",
              List.of("name", "owner", "token", "ends_at"),
              List.<Object[]>of(new Object[] {name, NOBODY, 0L, Instant.MIN}));
          return take(session, name, owner, now, until)
              ? Optional.of(new Lease(name, owner, token(session, name), until))
              : Optional.empty();
        });
  }

  private static boolean take(
      Session session, String name, String owner, Instant now, Instant until) throws SQLException {
    return session.update(
            """
            update engage_lease
            set token = case when owner = ? then token else token + 1 end, owner = ?, ends_at = ?
            where name = ? and (owner = ? or ends_at <= ?)\
            """,
            owner,
            owner,
            until,
            name,
            owner,
            now)
        == 1;
  }

  private static long token(Session session, String name) throws SQLException {
    return session
        .first("select token from engage_lease where name = ?", row -> row.getLong(1), name)
        .orElseThrow();
  }

  @Override
  public void release(Lease lease) {
    database.changeApart(
        session ->
            session.update(
                """
                update engage_lease set owner = ?, ends_at = ?
                where name = ? and owner = ? and token = ?\
                """,
                NOBODY,
                Instant.MIN,
                lease.name(),
                lease.owner(),
                lease.token()));
  }
}
