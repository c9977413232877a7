package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerEntry.State;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.BlobUse;
import io.engage.model.message.MessageId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row for each mail that was ever seen on a server, and one for each message that it became.
 * What waits for something has its sort in a column, so that it is found among millions that wait
 * for nothing.
 */
final class LedgerTable implements Part {
  private static final String NOTHING = "";
  private static final String THERE = "there";
  private static final String QUARANTINED = "quarantined";
  private static final Body<LedgerEntry> BODY = Body.of(LedgerEntry.class);
  private static final Comparator<LedgerMove> IN_ORDER =
      Comparator.comparing(
          move -> move.to().uid(),
          Comparator.<ServerUid, String>comparing(uid -> uid.folder().account().value())
              .thenComparing(uid -> uid.folder().name())
              .thenComparing(ServerUid::uidValidity)
              .thenComparing(ServerUid::uid));

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    List<LedgerMove> moves = change.ledger().stream().sorted(IN_ORDER).toList();
    List<LedgerMove> first = moves.stream().filter(move -> move.from() == null).toList();
    List<LedgerMove> again = moves.stream().filter(move -> move.from() != null).toList();
    insert(session, first);
    replace(session, again);
    forgetPlaces(session, again);
    addPlaces(session, moves);
    useBlobs(session, moves);
  }

  private static void insert(Session session, List<LedgerMove> first) throws SQLException {
    session.updateAll(
        """
        insert into engage_ledger
        (state, waiting, form, body, account, folder, uid_validity, uid)
        values (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        first.stream().map(move -> with(columns(move.to()), key(move.to().uid()))).toList());
  }

  private static void replace(Session session, List<LedgerMove> again) throws SQLException {
    int[] counts =
        session.updateAll(
            """
            update engage_ledger set state = ?, waiting = ?, form = ?, body = ?
            where account = ? and folder = ? and uid_validity = ? and uid = ? and state = ?\
            """,
            again.stream().map(LedgerTable::replacement).toList());
    Stale.unlessAll("ledger entry of mail", again, move -> move.to().uid().toString(), counts);
  }

  private static @Nullable Object[] replacement(LedgerMove move) {
    State from = move.from();
    return with(
        with(columns(move.to()), key(move.to().uid())), from == null ? NOTHING : from.code());
  }

  private static void forgetPlaces(Session session, List<LedgerMove> again) throws SQLException {
    session.updateAll(
        """
        delete from engage_ledger_place
        where account = ? and folder = ? and uid_validity = ? and uid = ?\
        """,
        again.stream().map(move -> key(move.to().uid())).toList());
  }

  private static void addPlaces(Session session, List<LedgerMove> moves) throws SQLException {
    session.updateAll(
        """
        insert into engage_ledger_place (account, folder, uid_validity, uid, message)
        values (?, ?, ?, ?, ?)\
        """,
        moves.stream().flatMap(LedgerTable::places).toList());
  }

  private static Stream<@Nullable Object[]> places(LedgerMove move) {
    return move.to().messages().stream()
        .distinct()
        .map(message -> with(key(move.to().uid()), message.value()));
  }

  private static void useBlobs(Session session, List<LedgerMove> moves) throws SQLException {
    BlobUses.forget(
        session,
        moves.stream()
            .filter(move -> move.from() == State.QUARANTINED)
            .map(LedgerTable::user)
            .toList());
    BlobUses.add(
        session,
        moves.stream().map(move -> new BlobUses.User(user(move), BlobUse.of(move.to()))).toList());
  }

  private static String user(LedgerMove move) {
    return "mail/" + move.to().uid();
  }

  List<LedgerEntry> find(Session session, Collection<ServerUid> uids) throws SQLException {
    List<ServerUid> wanted = uids.stream().distinct().toList();
    return session.list(
        """
        select held.form, held.body
        from unnest(cast(? as varchar array), cast(? as varchar array),
            cast(? as bigint array), cast(? as bigint array))
          as wanted (account, folder, uid_validity, uid)
        join engage_ledger held
          on held.account = wanted.account and held.folder = wanted.folder
          and held.uid_validity = wanted.uid_validity and held.uid = wanted.uid\
        """,
        BODY::read,
        wanted.stream().map(uid -> uid.folder().account().value()).toList(),
        wanted.stream().map(uid -> uid.folder().name()).toList(),
        wanted.stream().map(ServerUid::uidValidity).toList(),
        wanted.stream().map(ServerUid::uid).toList());
  }

  List<LedgerEntry> after(
      Session session, ServerFolder folder, long uidValidity, long afterUid, int limit)
      throws SQLException {
    return session.list(
        """
        select form, body from engage_ledger
        where account = ? and folder = ? and uid_validity = ? and uid > ?
        order by uid limit ?\
        """,
        BODY::read,
        folder.account().value(),
        folder.name(),
        uidValidity,
        afterUid,
        limit);
  }

  List<LedgerEntry> placesOf(Session session, Collection<MessageId> messages) throws SQLException {
    return session.list(
        """
        select form, body from engage_ledger
        where (account, folder, uid_validity, uid) in (
          select account, folder, uid_validity, uid from engage_ledger_place
          where message = any (?))\
        """,
        BODY::read,
        messages.stream().map(MessageId::value).distinct().toList());
  }

  /** Below and above this UIDVALIDITY, so that what stands under it is not walked through. */
  List<LedgerEntry> outdated(Session session, ServerFolder folder, long uidValidity, int limit)
      throws SQLException {
    List<LedgerEntry> outdated = new ArrayList<>();
    for (String side : List.of("<", ">")) {
      outdated.addAll(
          session.list(
              """
              select form, body from engage_ledger
              where account = ? and folder = ? and waiting = 'there' and uid_validity %s ?
              order by uid_validity, uid limit ?\
              """
                  .formatted(side),
              BODY::read,
              folder.account().value(),
              folder.name(),
              uidValidity,
              limit - outdated.size()));
    }
    return outdated;
  }

  List<LedgerEntry> quarantined(
      Session session, ServerFolder folder, @Nullable ServerUid after, int limit)
      throws SQLException {
    return session.list(
        """
        select form, body from engage_ledger
        where account = ? and folder = ? and waiting = 'quarantined'
          and (uid_validity, uid) > (?, ?)
        order by uid_validity, uid limit ?\
        """,
        BODY::read,
        folder.account().value(),
        folder.name(),
        after == null ? 0 : after.uidValidity(),
        after == null ? 0 : after.uid(),
        limit);
  }

  private static @Nullable Object[] columns(LedgerEntry entry) {
    return new Object[] {
      entry.state().code(), waitingFor(entry), StoredForm.CURRENT, BODY.write(entry)
    };
  }

  private static @Nullable Object[] key(ServerUid uid) {
    return new Object[] {
      uid.folder().account().value(), uid.folder().name(), uid.uidValidity(), uid.uid()
    };
  }

  private static @Nullable Object[] with(@Nullable Object[] columns, @Nullable Object... more) {
    return Stream.of(columns, more).flatMap(Stream::of).toArray();
  }

  private static String waitingFor(LedgerEntry entry) {
    return switch (entry.state()) {
      case IMPORTED, DUPLICATE -> entry.leftAt() == null ? THERE : NOTHING;
      case QUARANTINED -> QUARANTINED;
      default -> NOTHING;
    };
  }
}
