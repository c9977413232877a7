package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows of lists say: written once, and read with how far they are. */
final class RecipientRows {
  private static final StoredForm<Words> WORDS = StoredForm.of(Words.class);
  private static final int KEY_BYTES = 16;
  private static final int FORM = 14;
  private static final String BOTH = "select " + RecipientStates.COLUMNS + ", r.form, r.body from ";
  private static final String JOINED =
      " engage_recipient_state s join engage_recipient r on r.list = s.list and r.place = s.place ";

  private RecipientRows() {}

  /**
   * What the body of a row holds.
   *
   * @param address as the list has it
   */
  record Words(String address, Recipient.Row row) {}

  static void insert(Session session, Collection<Recipient> added) throws SQLException {
    session.updateAll(
        "insert into engage_recipient (list, place, address, form, body) values (?, ?, ?, ?, ?)",
        added.stream()
            .map(
                each ->
                    new @Nullable Object[] {
                      each.id().list().value(),
                      each.id().row(),
                      key(each.address()),
                      StoredForm.CURRENT,
                      WORDS.write(new Words(each.address(), each.row()))
                    })
            .toList());
  }

  static void erase(Session session, Collection<RecipientId> erased, String pseudonym)
      throws SQLException {
    String body = WORDS.write(new Words(pseudonym, Recipient.Row.EMPTY));
    byte[] key = key(pseudonym);
    session.updateAll(
        "update engage_recipient set address = ?, form = ?, body = ? where list = ? and place = ?",
        erased.stream()
            .map(
                id ->
                    new @Nullable Object[] {
                      key, StoredForm.CURRENT, body, id.list().value(), id.row()
                    })
            .toList());
  }

  static void delete(Session session, Collection<RecipientId> gone) throws SQLException {
    session.updateAll(
        "delete from engage_recipient where list = ? and place = ?", RecipientStates.rowKeys(gone));
  }

  /** Those of them that are there, in any order. */
  static List<Recipient> find(Session session, Collection<RecipientId> ids) throws SQLException {
    return ids.isEmpty()
        ? List.of()
        : session.list(
            BOTH
                + RecipientStates.THESE
                + " join engage_recipient_state s on s.list = g.list and s.place = g.place"
                + " join engage_recipient r on r.list = s.list and r.place = s.place",
            RecipientRows::read,
            RecipientStates.lists(ids),
            RecipientStates.places(ids));
  }

  /** What they are with a standing that this transaction has just given them. */
  static Map<RecipientId, Recipient> findById(Session session, Collection<RecipientId> ids)
      throws SQLException {
    Map<RecipientId, Recipient> found = new HashMap<>();
    find(session, ids).forEach(each -> found.put(each.id(), each));
    return found;
  }

  static List<Recipient> of(Session session, ListId list, long afterRow, int limit)
      throws SQLException {
    return session.list(
        BOTH + JOINED + "where s.list = ? and s.place > ? order by s.place limit ?",
        RecipientRows::read,
        list.value(),
        afterRow,
        limit);
  }

  static List<Recipient> of(
      Session session, ListId list, Set<RecipientStatus> statuses, long afterRow, int limit)
      throws SQLException {
    return session.list(
        BOTH
            + JOINED
            + "where s.list = ? and s.status = any (?) and s.place > ? order by s.place limit ?",
        RecipientRows::read,
        list.value(),
        codes(statuses),
        afterRow,
        limit);
  }

  /** Of those alone to whom nothing was sent. */
  static List<Recipient> ofUnsent(
      Session session, ListId list, Set<RecipientStatus> statuses, long afterRow, int limit)
      throws SQLException {
    return session.list(
        BOTH
            + """
            (select list, place from engage_recipient_unsent
            where list = ? and status = any (?) and place > ? order by place limit ?) u
            join engage_recipient_state s on s.list = u.list and s.place = u.place
            join engage_recipient r on r.list = s.list and r.place = s.place
            order by s.place\
            """,
        RecipientRows::read,
        list.value(),
        codes(statuses),
        afterRow,
        limit);
  }

  private static List<String> codes(Set<RecipientStatus> statuses) {
    return statuses.stream().map(RecipientStatus::code).toList();
  }

  static List<Recipient> withAddress(
      Session session, EmailAddress address, @Nullable RecipientId after, int limit)
      throws SQLException {
    return session.list(
        BOTH
            + JOINED
            + "where r.address = ? and (r.list, r.place) > (?, ?) order by r.list, r.place limit ?",
        RecipientRows::read,
        key(address.value()),
        after == null ? "" : after.list().value(),
        after == null ? 0 : after.row(),
        limit);
  }

  /** For each of these addresses that stands in these lists: who was stored first. */
  static Map<EmailAddress, RecipientId> first(
      Session session, Collection<ListId> lists, Collection<EmailAddress> addresses)
      throws SQLException {
    List<EmailAddress> asked = List.copyOf(addresses);
    Map<EmailAddress, RecipientId> first = new LinkedHashMap<>();
    session.list(
        """
        select a.ord, r.list, r.place
        from unnest(cast(? as %s array)) with ordinality as a (address, ord)
        cross join unnest(cast(? as varchar array)) as l (list)
        join engage_recipient r on r.address = a.address and r.list = l.list
        and r.seq = (select min(e.seq) from engage_recipient e
        where e.address = a.address and e.list = l.list)
        order by a.ord, r.seq\
        """
            .formatted(session.dialect().bytesType()),
        row ->
            first.putIfAbsent(
                asked.get(row.getInt(1) - 1),
                RecipientId.of(ListId.of(row.getString(2)), row.getLong(3))),
        asked.stream().map(each -> key(each.value())).toList(),
        lists.stream().map(ListId::value).toList());
    return first;
  }

  private static Recipient read(ResultSet row) throws SQLException {
    RecipientStanding standing = RecipientStates.read(row);
    Words words = WORDS.read(row.getString(FORM + 1), row.getShort(FORM));
    return new Recipient(
        standing.id(), words.address(), standing.priority(), words.row(), standing.state());
  }

  /** Rows hold addresses of any length, and indexes do not. */
  private static byte[] key(String address) {
    try {
      byte[] caseless = Texts.caseless(address).getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(caseless), KEY_BYTES);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyPlatformHasIt);
    }
  }
}
