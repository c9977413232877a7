package io.engage.jpa;

import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditLink;
import io.engage.model.message.ContentDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Gives entries their places in the chain. Commits only queue theirs, so that none waits for
 * another; whoever looks at the chain takes what is queued and committed, in the order in which it
 * was written, and seals it behind the last place. The row of that place is the lock: two never
 * seal at once.
 *
 * <p>What was committed before another change began stands before it: whoever sees the later one
 * sees the earlier one too, and takes both in their order.
 */
final class AuditChain {
  private static final short HEAD = 1;
  private static final int SEALED_AT_ONCE = 500;

  private AuditChain() {}

  private record Queued(long number, AuditEntry entry) {}

  /** Seals all that is queued, some hundred entries in each transaction. */
  static void seal(Database database) {
    int sealed;
    do {
      sealed = database.changeApart(AuditChain::sealSome);
    } while (sealed == SEALED_AT_ONCE);
  }

  /** Looks first, so that where nothing is queued nobody waits for a lock. */
  private static int sealSome(Session session) throws SQLException {
    return session
            .list(
                "select number from engage_audit_unsealed order by number limit 1",
                row -> row.getLong(1))
            .isEmpty()
        ? 0
        : sealBehind(session, head(session));
  }

  private static AuditAnchor head(Session session) throws SQLException {
    Optional<AuditAnchor> head = lockHead(session);
    if (head.isPresent()) {
      return head.get();
    }
    AuditAnchor last = last(session).map(AuditLink::anchor).orElse(AuditAnchor.START);
    session.insertMissing(
        "engage_audit_head",
        List.of("id", "place", "seal"),
        List.<Object[]>of(new Object[] {HEAD, last.sequence(), bytes(last.seal())}));
    return lockHead(session).orElseThrow();
  }

  private static Optional<AuditAnchor> lockHead(Session session) throws SQLException {
    return session.first(
        "select place, seal from engage_audit_head where id = ? for update",
        row -> new AuditAnchor(row.getLong(1), ContentDigest.of(row.getBytes(2))),
        HEAD);
  }

  private static int sealBehind(Session session, AuditAnchor head) throws SQLException {
    List<Queued> queued = queued(session);
    if (queued.isEmpty()) {
      return 0;
    }
    List<Object[]> links = new ArrayList<>();
    AuditAnchor last = head;
    for (Queued each : queued) {
      last = AuditLink.behind(last, each.entry()).anchor();
      links.add(new Object[] {last.sequence(), each.number(), bytes(last.seal())});
    }
    session.updateAll(
        "insert into engage_audit_seal (place, number, seal) values (?, ?, ?)", links);
    session.update(
        "delete from engage_audit_unsealed where number = any (?)",
        queued.stream().map(Queued::number).toList());
    session.update(
        "update engage_audit_head set place = ?, seal = ? where id = ?",
        last.sequence(),
        bytes(last.seal()),
        HEAD);
    return queued.size();
  }

  private static List<Queued> queued(Session session) throws SQLException {
    return session.list(
        """
        select entry.number, entry.form, entry.body
        from engage_audit_unsealed queued join engage_audit entry on entry.number = queued.number
        order by queued.number limit ?\
        """,
        row -> new Queued(row.getLong("number"), AuditTable.BODY.read(row)),
        SEALED_AT_ONCE);
  }

  static List<AuditLink> after(Session session, long sequence, int limit) throws SQLException {
    return session.list(
        """
        select link.place, link.seal, entry.form, entry.body
        from engage_audit_seal link join engage_audit entry on entry.number = link.number
        where link.place > ? order by link.place limit ?\
        """,
        AuditChain::link,
        sequence,
        limit);
  }

  static Optional<AuditLink> last(Session session) throws SQLException {
    return session.first(
        """
        select link.place, link.seal, entry.form, entry.body
        from engage_audit_seal link join engage_audit entry on entry.number = link.number
        order by link.place desc limit 1\
        """,
        AuditChain::link);
  }

  private static AuditLink link(ResultSet row) throws SQLException {
    return new AuditLink(
        row.getLong("place"), AuditTable.BODY.read(row), ContentDigest.of(row.getBytes("seal")));
  }

  private static byte[] bytes(ContentDigest seal) {
    return HexFormat.of().parseHex(seal.value());
  }
}
