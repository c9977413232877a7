package io.engage.jpa;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells where to look for somebody to claim. Rows are found by their numbers alone, and a block of
 * them is passed over until one of it may be claimed: so no index changes with each mail, and
 * whatever is done already costs nothing.
 *
 * <p>What a block says is never too late: whoever makes a row free earlier {@linkplain #open says
 * so} to the block first, and has its lock from then on; a block is told {@linkplain #raise to wait
 * longer} under the same lock.
 */
final class RecipientBlocks {
  /** That many hold a quarter of a million rows. */
  static final int AWAKENED_AT_ONCE = 1000;

  private static final String KEYS =
      "unnest(cast(? as varchar array), cast(? as bigint array), cast(? as integer array))"
          + " with ordinality as g (list, block, priority, ord)";
  private static final String NEXT =
      """
      (select coalesce(min(s.free_at), 9223372036854775807) from engage_recipient_state s
      where s.list = b.list and s.place >= b.block * 256 and s.place < b.block * 256 + 256
      and s.priority = b.priority)\
      """;
  private static final Comparator<Block> IN_LOCKING_ORDER =
      Comparator.comparing(Block::stretch).thenComparing(Block::priority);

  private RecipientBlocks() {}

  /**
   * Consecutive rows of a list.
   *
   * @param number the first row's, divided by {@link #ROWS}
   */
  record Stretch(ListId list, long number) implements Comparable<Stretch> {
    static final int ROWS = 256;

    static Stretch of(RecipientId id) {
      return new Stretch(id.list(), id.row() / ROWS);
    }

    long begin() {
      return number * ROWS;
    }

    long end() {
      return begin() + ROWS;
    }

    @Override
    public int compareTo(Stretch other) {
      int lists = list.value().compareTo(other.list.value());
      return lists != 0 ? lists : Long.compare(number, other.number);
    }
  }

  /**
   * The rows of a stretch that have the same priority.
   *
   * @param dueAt none of them may be claimed before
   */
  record Block(Stretch stretch, int priority, long dueAt) {
    boolean holds(RecipientStanding standing) {
      return priority == standing.priority() && stretch.equals(Stretch.of(standing.id()));
    }
  }

  /**
   * @param ready whether it is in turn
   * @param next when one of its rows may really be claimed
   */
  record Waiting(Block block, boolean ready, long next) {}

  /** Says that there are rows, and when they are free, before they are stored. */
  static void add(Session session, Collection<RecipientStanding> added) throws SQLException {
    Set<Block> blocks = new TreeSet<>(IN_LOCKING_ORDER);
    for (RecipientStanding each : added) {
      blocks.add(new Block(Stretch.of(each.id()), each.priority(), RecipientStanding.NEVER));
    }
    session.insertMissing(
        "engage_recipient_block",
        List.of("list", "block", "priority", "due_at", "ready"),
        blocks.stream()
            .map(
                each ->
                    new @Nullable Object[] {
                      each.stretch().list().value(),
                      each.stretch().number(),
                      each.priority(),
                      each.dueAt(),
                      false
                    })
            .toList());
    open(session, added, RecipientStanding::freeAt, RecipientStanding::id);
  }

  /** Says when these may be free, before they are. */
  static <T> void open(
      Session session, Collection<T> freed, ToLongFunction<T> freeAt, Function<T, RecipientId> id)
      throws SQLException {
    Map<Stretch, Long> due = new TreeMap<>();
    freed.forEach(
        each -> due.merge(Stretch.of(id.apply(each)), freeAt.applyAsLong(each), Math::min));
    session.updateAll(
        "update engage_recipient_block set due_at = least(due_at, ?) where list = ? and block = ?",
        due.entrySet().stream()
            .map(
                each ->
                    new @Nullable Object[] {
                      each.getValue(), each.getKey().list().value(), each.getKey().number()
                    })
            .toList());
  }

  /** Nobody stores rows beside these or sets them free until the transaction ends. */
  static void lock(Session session, Collection<RecipientId> ids) throws SQLException {
    open(session, ids, any -> RecipientStanding.NEVER, id -> id);
  }

  /**
   * Has those that are due by now be in turn.
   *
   * @return whether that were all; if not, the rest wants a transaction of its own
   */
  static boolean awaken(Session session, ListId list, long now) throws SQLException {
    List<Block> due =
        session.list(
            """
            select list, block, priority, due_at from engage_recipient_block
            where list = ? and not ready and due_at < 9223372036854775807 and due_at <= ?
            order by due_at limit ?%s\
            """
                .formatted(session.dialect().lockFreeRows("engage_recipient_block")),
            RecipientBlocks::read,
            list.value(),
            now,
            AWAKENED_AT_ONCE);
    session.updateAll(
        """
        update engage_recipient_block set ready = true
        where list = ? and block = ? and priority = ?\
        """,
        keys(due));
    return due.size() < AWAKENED_AT_ONCE;
  }

  /** The first ones of a list that are in turn, in the order in which they are claimed. */
  static List<Block> ready(Session session, ListId list, int limit) throws SQLException {
    return session.list(
        """
        select list, block, priority, due_at from engage_recipient_block
        where list = ? and ready order by priority, block limit ?\
        """,
        RecipientBlocks::read,
        list.value(),
        limit);
  }

  /** The first ones of a list that are in turn, and those of the others that are due first. */
  static List<Waiting> waiting(Session session, ListId list, int limit) throws SQLException {
    return session.list(
        """
        select b.list, b.block, b.priority, b.due_at, b.ready, %1$s from (
        (select * from engage_recipient_block where list = ? and ready
        order by priority, block limit ?)
        union all
        (select * from engage_recipient_block
        where list = ? and not ready and due_at < 9223372036854775807 order by due_at limit ?)) b
        order by b.ready desc, b.due_at\
        """
            .formatted(NEXT),
        row -> new Waiting(read(row), row.getBoolean(5), row.getLong(6)),
        list.value(),
        limit,
        list.value(),
        limit);
  }

  private static Block read(ResultSet row) throws SQLException {
    Stretch stretch = new Stretch(ListId.of(row.getString(1)), row.getLong(2));
    return new Block(stretch, row.getInt(3), row.getLong(4));
  }

  /** Claimable rows of these blocks, block by block; they are the caller's from now on. */
  static List<RecipientStanding> take(Session session, List<Block> blocks, long now, int limit)
      throws SQLException {
    return session.list(
        """
        select %s from %s join engage_recipient_state s on s.list = g.list
        and s.place >= g.block * 256 and s.place < g.block * 256 + 256
        where s.priority = g.priority and s.free_at <= ?
        order by g.ord, s.place limit ?%s\
        """
            .formatted(RecipientStates.COLUMNS, KEYS, session.dialect().lockFreeRows("s")),
        RecipientStates::read,
        lists(blocks),
        numbers(blocks),
        priorities(blocks),
        now,
        limit);
  }

  /**
   * Looks when their rows may be claimed, and has them passed over until then; not those that
   * somebody is just opening.
   */
  static void raise(Session session, Collection<Block> blocks) throws SQLException {
    if (blocks.isEmpty()) {
      return;
    }
    List<Block> sorted = blocks.stream().sorted(IN_LOCKING_ORDER).toList();
    List<Block> locked =
        session.list(
            """
            select b.list, b.block, b.priority, b.due_at from %s join engage_recipient_block b
            on b.list = g.list and b.block = g.block and b.priority = g.priority order by g.ord%s\
            """
                .formatted(KEYS, session.dialect().lockFreeRows("b")),
            RecipientBlocks::read,
            lists(sorted),
            numbers(sorted),
            priorities(sorted));
    session.updateAll(
        """
        update engage_recipient_block b set ready = false, due_at = %s
        where list = ? and block = ? and priority = ?\
        """
            .formatted(NEXT),
        keys(locked));
  }

  /** Forgets those blocks of these rows, which are locked, that have no rows any more. */
  static void deleteEmpty(Session session, Collection<RecipientId> gone) throws SQLException {
    Set<Stretch> stretches = new TreeSet<>();
    gone.forEach(id -> stretches.add(Stretch.of(id)));
    session.updateAll(
        """
        delete from engage_recipient_block where list = ? and block = ? and not exists
        (select 1 from engage_recipient_state s
        where s.list = ? and s.place >= ? and s.place < ?)\
        """,
        stretches.stream()
            .map(
                each ->
                    new @Nullable Object[] {
                      each.list().value(),
                      each.number(),
                      each.list().value(),
                      each.begin(),
                      each.end()
                    })
            .toList());
  }

  private static List<@Nullable Object[]> keys(List<Block> blocks) {
    return blocks.stream()
        .sorted(IN_LOCKING_ORDER)
        .map(
            each ->
                new @Nullable Object[] {
                  each.stretch().list().value(), each.stretch().number(), each.priority()
                })
        .toList();
  }

  private static List<String> lists(List<Block> blocks) {
    return blocks.stream().map(each -> each.stretch().list().value()).toList();
  }

  private static List<Long> numbers(List<Block> blocks) {
    return blocks.stream().map(each -> each.stretch().number()).toList();
  }

  private static List<Long> priorities(List<Block> blocks) {
    return blocks.stream().map(each -> (long) each.priority()).toList();
  }
}
