package io.engage.jpa;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many recipients of a list are where. It is the sum over some rows, of which each change takes
 * one by chance, so that those who work at the same list hardly ever wait for each other.
 */
final class RecipientTallies {
  private static final int SLOTS = 64;

  /** The slot of those who count anew, and of nobody else. */
  private static final int RECOUNT = -1;

  private static final long NEVER = Long.MIN_VALUE;
  private static final List<String> COUNTERS =
      List.of(
          "pending",
          "claimed",
          "attempting",
          "sent",
          "failed",
          "rejected",
          "in_doubt",
          "seen",
          "seen_by_machine",
          "spam",
          "unsubscribed",
          "answered");
  private static final String SUMS =
      COUNTERS.stream().map("coalesce(sum(%s), 0)"::formatted).collect(Collectors.joining(", "));
  private static final String ADDING =
      "update engage_recipient_count set worked_at = greatest(worked_at, ?), %s where list = ? and slot = ?"
          .formatted(
              COUNTERS.stream()
                  .map("%1$s = %1$s + ?"::formatted)
                  .collect(Collectors.joining(", ")));
  private static final String COUNTING =
      "%s from engage_recipient_state where list = ?"
          .formatted(
              Stream.concat(
                      Stream.of(
                              "pending",
                              "claimed",
                              "attempting",
                              "sent",
                              "failed",
                              "rejected",
                              "in-doubt")
                          .map("count(case when status = '%s' then 1 end)"::formatted),
                      Stream.of("seen", "seenByMachine", "spam", "unsubscribed", "answered")
                          .map("count(case when traces like '%%\"%s\":%%' then 1 end)"::formatted))
                  .collect(Collectors.joining(", ")));

  private final Map<ListId, RecipientCounts> deltas =
      new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
  private final Map<ListId, Long> workedOn =
      new TreeMap<>((one, other) -> one.value().compareTo(other.value()));

  void came(RecipientStanding standing) {
    deltas.merge(standing.id().list(), standing.counts(), RecipientCounts::plus);
  }

  void went(RecipientStanding standing) {
    deltas.merge(
        standing.id().list(), RecipientCounts.NONE.minus(standing.counts()), RecipientCounts::plus);
  }

  void changed(RecipientStanding before, RecipientStanding after) {
    went(before);
    came(after);
  }

  void workedOn(ListId list, Instant at) {
    workedOn.merge(list, Moments.of(at), Math::max);
  }

  /** The last step of a transaction, so that nobody who has a slot waits for anything else. */
  void store(Session session) throws SQLException {
    for (Map.Entry<ListId, RecipientCounts> each : deltas.entrySet()) {
      long at = workedOn.getOrDefault(each.getKey(), NEVER);
      if (at != NEVER || !each.getValue().equals(RecipientCounts.NONE)) {
        add(
            session,
            each.getKey(),
            ThreadLocalRandom.current().nextInt(SLOTS),
            each.getValue(),
            at);
      }
    }
  }

  private static void add(Session session, ListId list, int slot, RecipientCounts more, long at)
      throws SQLException {
    Object[] arguments =
        Stream.of(Stream.of(at), counters(more), Stream.<Object>of(list.value(), slot))
            .flatMap(each -> each)
            .toArray();
    if (session.update(ADDING, arguments) == 0) {
      make(session, list, slot);
      session.update(ADDING, arguments);
    }
  }

  private static void make(Session session, ListId list, int slot) throws SQLException {
    List<String> columns =
        Stream.concat(Stream.of("list", "slot", "worked_at"), COUNTERS.stream()).toList();
    @Nullable Object[] row =
        Stream.concat(Stream.<Object>of(list.value(), slot, NEVER), counters(RecipientCounts.NONE))
            .toArray();
    session.insertMissing("engage_recipient_count", columns, List.<@Nullable Object[]>of(row));
  }

  private static Stream<Object> counters(RecipientCounts counts) {
    return Stream.of(
        counts.pending(),
        counts.claimed(),
        counts.attempting(),
        counts.sent(),
        counts.failed(),
        counts.rejected(),
        counts.inDoubt(),
        counts.seen(),
        counts.seenByMachine(),
        counts.spam(),
        counts.unsubscribed(),
        counts.answered());
  }

  static RecipientCounts sum(Session session, Collection<ListId> lists) throws SQLException {
    return session
        .first(
            "select " + SUMS + " from engage_recipient_count where list = any (?)",
            row -> read(row, 0),
            values(lists))
        .orElse(RecipientCounts.NONE);
  }

  static Optional<Instant> lastWorkedOn(Session session, Collection<ListId> lists)
      throws SQLException {
    return session
        .first(
            "select max(worked_at) from engage_recipient_count where list = any (?)",
            row -> row.getObject(1) == null ? NEVER : row.getLong(1),
            values(lists))
        .filter(at -> at != NEVER)
        .map(Moments::from);
  }

  /**
   * Counts one by one, and adds what was missing. Rows and sums are seen as they were at one
   * moment, so nobody has to stand still meanwhile.
   */
  static RecipientCounts recount(Session session, ListId list) throws SQLException {
    alone(session, list);
    List<RecipientCounts> both =
        session.list(
            "select 1, %s union all select 2, %s from engage_recipient_count where list = ? order by 1"
                .formatted(COUNTING, SUMS),
            row -> read(row, 1),
            list.value(),
            list.value());
    add(session, list, RECOUNT, both.get(0).minus(both.get(1)), NEVER);
    return both.get(0);
  }

  /** Whoever else asks this waits until the transaction ends. */
  static void alone(Session session, ListId list) throws SQLException {
    add(session, list, RECOUNT, RecipientCounts.NONE, NEVER);
  }

  /** Forgets the sums of a list that has no rows any more. */
  static void delete(Session session, ListId list) throws SQLException {
    Map<Integer, RecipientCounts> slots = new TreeMap<>();
    session.list(
        "select slot, %s from engage_recipient_count where list = ? order by slot%s"
            .formatted(
                String.join(", ", COUNTERS), session.dialect().lockRows("engage_recipient_count")),
        row -> slots.put(row.getInt(1), read(row, 1)),
        list.value());
    RecipientCounts sum =
        slots.values().stream().reduce(RecipientCounts.NONE, RecipientCounts::plus);
    if (sum.equals(RecipientCounts.NONE)) {
      session.update(
          "delete from engage_recipient_count where list = ? and slot = any (?)",
          list.value(),
          slots.keySet());
    }
  }

  private static RecipientCounts read(ResultSet row, int before) throws SQLException {
    return new RecipientCounts(
        row.getLong(before + 1),
        row.getLong(before + 2),
        row.getLong(before + 3),
        row.getLong(before + 4),
        row.getLong(before + 5),
        row.getLong(before + 6),
        row.getLong(before + 7),
        row.getLong(before + 8),
        row.getLong(before + 9),
        row.getLong(before + 10),
        row.getLong(before + 11),
        row.getLong(before + 12));
  }

  private static List<String> values(Collection<ListId> lists) {
    return lists.stream().map(ListId::value).distinct().toList();
  }
}
