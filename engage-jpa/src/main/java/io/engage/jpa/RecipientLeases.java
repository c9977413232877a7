package io.engage.jpa;

import io.engage.jpa.RecipientBlocks.Stretch;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells where to look for claims that have ended, also in lists from which nobody is claimed any
 * more. A row says that there may be some; nobody takes the trouble to delete it with the claims.
 */
final class RecipientLeases {
  private static final int AT_ONCE = 64;
  private static final List<String> COLUMNS = List.of("list", "ends_at", "block");

  private RecipientLeases() {}

  /** That somebody had rows until then. */
  record Lease(Stretch stretch, long endsAt) {}

  static void add(Session session, Collection<RecipientId> claimed, long until)
      throws SQLException {
    Set<Stretch> stretches = new TreeSet<>();
    claimed.forEach(id -> stretches.add(Stretch.of(id)));
    session.insertMissing(
        "engage_recipient_lease",
        COLUMNS,
        stretches.stream()
            .map(each -> new @Nullable Object[] {each.list().value(), until, each.number()})
            .toList());
  }

  /** Rows of a list whose claims have ended; they are the caller's from now on. */
  static List<RecipientStanding> takeEnded(Session session, ListId list, long now, int limit)
      throws SQLException {
    List<RecipientStanding> taken = new ArrayList<>();
    boolean more = taken.size() < limit;
    while (more) {
      List<Lease> leases = ended(session, list, now);
      List<RecipientStanding> some = take(session, list, leases, now, limit - taken.size());
      taken.addAll(some);
      more = some.isEmpty() && !leases.isEmpty() && forget(session, leases, now) == leases.size();
    }
    return taken;
  }

  /** The first ones of a list. */
  private static List<Lease> ended(Session session, ListId list, long now) throws SQLException {
    return session.list(
        """
        select ends_at, block from engage_recipient_lease
        where list = ? and ends_at <= ? order by ends_at, block limit ?\
        """,
        row -> new Lease(new Stretch(list, row.getLong(2)), row.getLong(1)),
        list.value(),
        now,
        AT_ONCE);
  }

  private static List<RecipientStanding> take(
      Session session, ListId list, List<Lease> leases, long now, int limit) throws SQLException {
    return session.list(
        """
        select %s from unnest(cast(? as bigint array)) as g (block)
        join engage_recipient_state s on s.list = ?
        and s.place >= g.block * 256 and s.place < g.block * 256 + 256
        where s.status in ('claimed', 'attempting') and s.free_at <= ?
        order by s.place limit ?%s\
        """
            .formatted(RecipientStates.COLUMNS, session.dialect().lockFreeRows("s")),
        RecipientStates::read,
        leases.stream().map(each -> each.stretch().number()).distinct().toList(),
        list.value(),
        now,
        limit);
  }

  /**
   * Forgets those of them behind which nobody is left.
   *
   * @return how many
   */
  private static int forget(Session session, List<Lease> leases, long now) throws SQLException {
    return IntStream.of(
            session.updateAll(
                """
                delete from engage_recipient_lease where list = ? and ends_at = ? and block = ?
                and not exists (select 1 from engage_recipient_state s
                where s.list = ? and s.place >= ? and s.place < ?
                and s.status in ('claimed', 'attempting') and s.free_at <= ?)\
                """,
                leases.stream()
                    .map(
                        each ->
                            new @Nullable Object[] {
                              each.stretch().list().value(),
                              each.endsAt(),
                              each.stretch().number(),
                              each.stretch().list().value(),
                              each.stretch().begin(),
                              each.stretch().end(),
                              now
                            })
                    .toList()))
        .sum();
  }

  /** Of a list that has no rows any more. */
  static void deleteAll(Session session, ListId list) throws SQLException {
    session.update("delete from engage_recipient_lease where list = ?", list.value());
  }
}
