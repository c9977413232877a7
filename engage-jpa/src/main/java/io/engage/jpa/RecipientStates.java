package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.jpa.BulkUpdate.Column;
import io.engage.jpa.forms.StoredForm;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientState.Traces;
import io.engage.model.campaign.RecipientStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows that change with each step of a recipient. */
final class RecipientStates {
  /** What {@link #read} reads, in this order. */
  static final String COLUMNS =
      "s.list, s.place, s.priority, s.status, s.attempts, s.token, s.free_at, s.not_before, s.at,"
          + " s.outcome, s.traces, s.erased, s.form";

  /** Joined with a list of ids. */
  static final String THESE =
      "unnest(cast(? as varchar array), cast(? as bigint array)) as g (list, place)";

  /** Nothing was sent to them, or nobody knows: few, and looked at apart. */
  static final Set<RecipientStatus> UNSENT =
      Set.of(RecipientStatus.FAILED, RecipientStatus.REJECTED, RecipientStatus.IN_DOUBT);

  private static final StoredForm<RecipientOutcome> OUTCOME = StoredForm.of(RecipientOutcome.class);
  private static final StoredForm<Traces> TRACES = StoredForm.of(Traces.class);
  private static final Map<String, RecipientStatus> STATUSES =
      Stream.of(RecipientStatus.values())
          .collect(Collectors.toUnmodifiableMap(RecipientStatus::code, each -> each));
  private static final BulkUpdate WRITING =
      new BulkUpdate(
          "engage_recipient_state",
          List.of(new Column("list", "text"), new Column("place", "int8")),
          List.of(
              new Column("status", "text"),
              new Column("attempts", "int4"),
              new Column("free_at", "int8"),
              new Column("not_before", "int8"),
              new Column("at", "int8"),
              new Column("outcome", "text"),
              new Column("traces", "text"),
              new Column("erased", "bool"),
              new Column("form", "int2")));

  private RecipientStates() {}

  static RecipientStanding read(ResultSet row) throws SQLException {
    int form = row.getShort(13);
    return new RecipientStanding(
        RecipientId.of(ListId.of(row.getString(1)), row.getLong(2)),
        row.getInt(3),
        new RecipientState(
            requireNonNull(STATUSES.get(row.getString(4)), "status"),
            row.getInt(5),
            Moments.from(row.getLong(8)),
            moment(row, 9),
            part(OUTCOME, row.getString(10), form),
            traces(row.getString(11), form)),
        row.getLong(6),
        row.getLong(7),
        row.getBoolean(12));
  }

  private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : Moments.from(nanos);
  }

  private static <T> @Nullable T part(StoredForm<T> form, @Nullable String json, int version) {
    return json == null ? null : form.read(json, version);
  }

  private static Traces traces(@Nullable String json, int version) {
    return json == null ? Traces.NONE : TRACES.read(json, version);
  }

  /** Those of them that are there; nobody else changes them until the transaction ends. */
  static Map<RecipientId, RecipientStanding> lock(Session session, Collection<RecipientId> ids)
      throws SQLException {
    Set<RecipientId> once = new LinkedHashSet<>(ids);
    Map<RecipientId, RecipientStanding> locked = new HashMap<>();
    session
        .list(
            "select %s from %s join engage_recipient_state s on s.list = g.list and s.place = g.place"
                    .formatted(COLUMNS, THESE)
                + " order by s.list, s.place"
                + session.dialect().lockRows("s"),
            RecipientStates::read,
            lists(once),
            places(once))
        .forEach(each -> locked.put(each.id(), each));
    return locked;
  }

  /** Those of them that are there already. */
  static Set<RecipientId> known(Session session, Collection<RecipientId> ids) throws SQLException {
    return Set.copyOf(
        session.list(
            "select s.list, s.place from "
                + THESE
                + " join engage_recipient_state s on s.list = g.list and s.place = g.place",
            row -> RecipientId.of(ListId.of(row.getString(1)), row.getLong(2)),
            lists(ids),
            places(ids)));
  }

  static void insert(Session session, Collection<RecipientStanding> added) throws SQLException {
    session.updateAll(
        """
        insert into engage_recipient_state
        (list, place, priority, token, status, attempts, free_at, not_before, at, outcome, traces,
        erased, form) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        added.stream()
            .map(
                each ->
                    Stream.concat(
                            Stream.of(
                                each.id().list().value(),
                                each.id().row(),
                                each.priority(),
                                each.token()),
                            Stream.of(changing(each)))
                        .toArray())
            .toList());
    noteUnsent(session, List.of(), added);
  }

  /** Their tokens stay as they are. */
  static void write(
      Session session, Map<RecipientId, RecipientStanding> before, List<RecipientStanding> after)
      throws SQLException {
    WRITING.run(
        session,
        after.stream()
            .map(
                each ->
                    Stream.concat(
                            Stream.of(each.id().list().value(), each.id().row()),
                            Stream.of(changing(each)))
                        .toArray())
            .toList());
    noteUnsent(session, after.stream().map(each -> before.get(each.id())).toList(), after);
  }

  private static @Nullable Object[] changing(RecipientStanding standing) {
    RecipientState state = standing.state();
    return new @Nullable Object[] {
      state.status().code(),
      state.attempts(),
      standing.freeAt(),
      Moments.of(state.notBefore()),
      Moments.ofNullable(state.at()),
      state.outcome() == null ? null : OUTCOME.write(state.outcome()),
      state.traces().equals(Traces.NONE) ? null : TRACES.write(state.traces()),
      standing.erased(),
      (short) StoredForm.CURRENT
    };
  }

  private static void noteUnsent(
      Session session, List<RecipientStanding> before, Collection<RecipientStanding> after)
      throws SQLException {
    Map<RecipientId, RecipientStatus> was = unsent(before);
    Map<RecipientId, RecipientStatus> is = unsent(after);
    Map<RecipientId, RecipientStatus> gone = new LinkedHashMap<>(was);
    gone.entrySet().removeAll(is.entrySet());
    Map<RecipientId, RecipientStatus> come = new LinkedHashMap<>(is);
    come.entrySet().removeAll(was.entrySet());
    session.updateAll(
        "delete from engage_recipient_unsent where list = ? and status = ? and place = ?",
        keys(gone));
    session.updateAll(
        "insert into engage_recipient_unsent (list, status, place) values (?, ?, ?)", keys(come));
  }

  private static Map<RecipientId, RecipientStatus> unsent(Collection<RecipientStanding> all) {
    Map<RecipientId, RecipientStatus> unsent = new LinkedHashMap<>();
    for (RecipientStanding each : all) {
      if (UNSENT.contains(each.state().status())) {
        unsent.put(each.id(), each.state().status());
      }
    }
    return unsent;
  }

  private static List<@Nullable Object[]> keys(Map<RecipientId, RecipientStatus> unsent) {
    List<@Nullable Object[]> keys = new ArrayList<>();
    unsent.forEach(
        (id, status) -> keys.add(new Object[] {id.list().value(), status.code(), id.row()}));
    return keys;
  }

  /** They belong to whoever asks from now on. */
  static void claim(
      Session session, Collection<RecipientStanding> taken, long token, long leaseUntil)
      throws SQLException {
    Map<ListId, List<Long>> places = new LinkedHashMap<>();
    for (RecipientStanding each : taken) {
      places.computeIfAbsent(each.id().list(), any -> new ArrayList<>()).add(each.id().row());
    }
    session.updateAll(
        """
        update engage_recipient_state
        set status = case when status = 'attempting' then status else 'claimed' end,
        token = ?, free_at = ?
        where list = ? and place = any (?)\
        """,
        places.entrySet().stream()
            .map(
                each ->
                    new @Nullable Object[] {
                      token, leaseUntil, each.getKey().value(), each.getValue()
                    })
            .toList());
  }

  static void delete(Session session, Map<RecipientId, RecipientStanding> gone)
      throws SQLException {
    session.updateAll(
        "delete from engage_recipient_state where list = ? and place = ?", rowKeys(gone.keySet()));
    noteUnsent(session, List.copyOf(gone.values()), List.of());
  }

  /** The first ones of a list. */
  static List<RecipientId> firstOf(Session session, ListId list, int limit) throws SQLException {
    return session.list(
        "select place from engage_recipient_state where list = ? order by place limit ?",
        row -> RecipientId.of(list, row.getLong(1)),
        list.value(),
        limit);
  }

  static List<@Nullable Object[]> rowKeys(Collection<RecipientId> ids) {
    return ids.stream().map(id -> new @Nullable Object[] {id.list().value(), id.row()}).toList();
  }

  static List<String> lists(Collection<RecipientId> ids) {
    return ids.stream().map(id -> id.list().value()).toList();
  }

  static List<Long> places(Collection<RecipientId> ids) {
    return ids.stream().map(RecipientId::row).toList();
  }
}
