package io.engage.jpa;

import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Hands out the rows of the outbox. A row that another worker is just taking is passed over, never
 * waited for.
 */
final class OutboxClaims {
  private static final int RETURNED_AT_ONCE = 500;

  private OutboxClaims() {}

  /** A row that is due, locked. */
  private record Due(long number, OutboxEntry entry, boolean interrupted) {
    private static Due of(ResultSet row) throws SQLException {
      return new Due(
          row.getLong("number"), OutboxTable.BODY.read(row), row.getBoolean("attempting"));
    }
  }

  static List<OutboxClaim> claim(Session session, int limit, Instant now, Instant leaseUntil)
      throws SQLException {
    returnEnded(session, now);
    List<Due> due =
        session.list(
            """
            select number, attempting, form, body from engage_outbox
            where not leased and not_before <= ? and lease_until <= ?
            order by not_before, number limit ? for update skip locked\
            """,
            Due::of,
            now,
            now,
            limit);
    return due.isEmpty() ? List.of() : claim(session, due, leaseUntil);
  }

  /** What has a lease stands apart, so that no claim walks past it; what had one goes back. */
  private static void returnEnded(Session session, Instant now) throws SQLException {
    List<Long> ended;
    do {
      ended =
          session.list(
              """
              select number from engage_outbox where leased and lease_until <= ?
              order by lease_until limit ? for update skip locked\
              """,
              row -> row.getLong(1),
              now,
              RETURNED_AT_ONCE);
      if (!ended.isEmpty()) {
        session.update("update engage_outbox set leased = false where number = any (?)", ended);
      }
    } while (ended.size() == RETURNED_AT_ONCE);
  }

  private static List<OutboxClaim> claim(Session session, List<Due> due, Instant leaseUntil)
      throws SQLException {
    long token =
        session
            .first(session.dialect().next("engage_outbox_token"), row -> row.getLong(1))
            .orElseThrow();
    session.update(
        """
        update engage_outbox set token = ?, held = true, leased = true, lease_until = ?
        where number = any (?)\
        """,
        token,
        leaseUntil,
        due.stream().map(Due::number).toList());
    return due.stream()
        .map(each -> new OutboxClaim(each.entry(), token, each.interrupted()))
        .toList();
  }

  /**
   * @return those that were marked, in the order given
   */
  static List<OutboxClaim> markAttempting(Session session, Collection<OutboxClaim> claims)
      throws SQLException {
    List<OutboxClaim> sorted = sorted(claims);
    int[] counts =
        session.updateAll(
            "update engage_outbox set attempting = true where id = ? and token = ? and held",
            sorted.stream().map(OutboxClaims::key).toList());
    Set<OutboxClaim> marked = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        marked.add(sorted.get(i));
      }
    }
    return claims.stream().filter(marked::contains).toList();
  }

  static int release(Session session, Collection<OutboxClaim> claims, Instant until)
      throws SQLException {
    return session.updateAll(
            """
            update engage_outbox set held = false, leased = true, lease_until = ?
            where id = ? and token = ? and held and not attempting\
            """,
            sorted(claims).stream()
                .map(claim -> new Object[] {until, claim.entry().id().value(), claim.token()})
                .toList())
        .length;
  }

  private static List<OutboxClaim> sorted(Collection<OutboxClaim> claims) {
    return claims.stream()
        .sorted(Comparator.comparing(claim -> claim.entry().id().value()))
        .toList();
  }

  private static Object[] key(OutboxClaim claim) {
    return new Object[] {claim.entry().id().value(), claim.token()};
  }
}
