package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.InboxChange.Succession;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.spi.PortFailure;
import io.engage.spi.StaleVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inboxes; those that are gone too, with version 0 and nothing else left of them. Every change
 * holds the rows of the inboxes it has to do with until its end, so that nothing is filed into one
 * that somebody drops at that moment.
 */
final class InboxTable implements Part {
  private static final StoredForm<Inbox> FORM = StoredForm.of(Inbox.class);

  private static final VersionedRows<Inbox> ROWS =
      VersionedRows.of(
              "engage_inbox",
              "inbox",
              new VersionedRows.Key<Inbox>(each -> each.id().value(), Inbox::version))
          .column("gone", any -> false)
          .body(FORM);

  private static final SideRows<MemberRow> MEMBERS =
      new SideRows<>(
          "engage_member",
          List.of("agent", "inbox"),
          row -> new MemberRow(Texts.text(row.getString(1)), Texts.text(row.getString(2))),
          row -> new Object[] {row.agent, row.inbox});

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    Map<String, Boolean> gone = lock(session, change);
    filed(change)
        .filter(inbox -> gone.getOrDefault(Texts.key(inbox.value()), false))
        .findFirst()
        .ifPresent(
            inbox -> {
              throw new StaleVersion("inbox", inbox.value());
            });
    store(session, change.inboxes(), gone);
    storeMembers(session, change.inboxes());
    drop(session, change.dropped().inboxes());
  }

  List<Inbox> all(Session session) throws SQLException {
    return session.list(
        "select version, form, body from engage_inbox where not gone order by id",
        InboxTable::read);
  }

  List<Inbox> find(Session session, Collection<InboxId> ids) throws SQLException {
    return ids.isEmpty()
        ? List.of()
        : session.list(
            "select version, form, body from engage_inbox where id = any (?) and not gone",
            InboxTable::read,
            ids.stream().map(InboxId::value).distinct().toList());
  }

  List<Inbox> having(Session session, Collection<AgentId> agents) throws SQLException {
    return agents.isEmpty()
        ? List.of()
        : session.list(
            "select version, form, body from engage_inbox where not gone and id in (select inbox"
                + " from engage_member where agent = any (?))",
            InboxTable::read,
            agents.stream().map(AgentId::value).distinct().toList());
  }

  /** Nobody drops this one until the transaction ends; refused when somebody has. */
  static void hold(Session session, InboxId inbox) throws SQLException {
    boolean gone =
        session
            .first(
                "select gone from engage_inbox where id = ? "
                    + session.dialect().lock(Dialect.Lock.SHARED),
                row -> row.getBoolean(1),
                inbox.value())
            .orElse(false);
    if (gone) {
      throw new StaleVersion("inbox", inbox.value());
    }
  }

  private static void store(Session session, List<Inbox> changed, Map<String, Boolean> known)
      throws SQLException {
    ROWS.update(session, changed.stream().filter(each -> isIn(known, each)).toList());
    ROWS.insert(session, changed.stream().filter(each -> !isIn(known, each)).toList());
  }

  private static boolean isIn(Map<String, Boolean> known, Inbox inbox) {
    return inbox.version() > 0 || known.containsKey(Texts.key(inbox.id().value()));
  }

  private static void drop(Session session, List<Succession> dropped) throws SQLException {
    if (!dropped.isEmpty()) {
      session.update(
          "update engage_inbox set gone = true, version = 0, body = '' where id = any (?)",
          dropped.stream().map(each -> each.gone().value()).toList());
      session.update(
          "delete from engage_member where inbox = any (?)",
          dropped.stream().map(each -> each.gone().value()).toList());
    }
  }

  private static void storeMembers(Session session, List<Inbox> changed) throws SQLException {
    if (!changed.isEmpty()) {
      List<String> inboxes = changed.stream().map(each -> each.id().value()).toList();
      MEMBERS.change(
          session,
          MEMBERS.list(session, "inbox = any (?)", inboxes),
          changed.stream()
              .flatMap(InboxTable::members)
              .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
  }

  private static Stream<MemberRow> members(Inbox inbox) {
    return inbox.settings().members().stream()
        .map(each -> new MemberRow(each.agent().value(), inbox.id().value()));
  }

  /** For each that was ever stored, whether it is gone. */
  private static Map<String, Boolean> lock(Session session, InboxChange change)
      throws SQLException {
    if (!change.dropped().inboxes().isEmpty()) {
      requireSight(session);
    }
    TreeSet<String> ids = new TreeSet<>();
    touched(change).forEach(inbox -> ids.add(inbox.value()));
    Map<String, Boolean> gone = new HashMap<>();
    if (!ids.isEmpty()) {
      session.list(
          "select id, gone from engage_inbox where id = any (?) order by id "
              + session.dialect().lock(strength(change)),
          row -> gone.put(row.getString(1), row.getBoolean(2)),
          ids);
    }
    return gone;
  }

  /** Else what was filed since the transaction began would stay in an inbox that is gone. */
  private static void requireSight(Session session) throws SQLException {
    if (session.connection().getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
      throw new PortFailure(
          "An inbox cannot be removed in a transaction that does not see what others commit"
              + " meanwhile. Remove it in one that is isolated as READ COMMITTED, or in none.",
          false);
    }
  }

  private static Dialect.Lock strength(InboxChange change) {
    if (!change.dropped().inboxes().isEmpty()) {
      return Dialect.Lock.AGAINST_ALL;
    }
    return change.inboxes().isEmpty() ? Dialect.Lock.SHARED : Dialect.Lock.AGAINST_CHANGES;
  }

  private static Stream<InboxId> touched(InboxChange change) {
    return Stream.of(
            filed(change),
            change.inboxes().stream().map(Inbox::id),
            change.dropped().inboxes().stream()
                .flatMap(each -> Stream.of(each.gone(), each.heir())))
        .flatMap(each -> each);
  }

  /** Into which inboxes something is filed. */
  private static Stream<InboxId> filed(InboxChange change) {
    return Stream.concat(
        change.conversations().stream().map(Conversation::inbox),
        change.documents().stream()
            .filter(HeldMail.class::isInstance)
            .map(HeldMail.class::cast)
            .map(HeldMail::inbox));
  }

  private record MemberRow(String agent, String inbox) {}

  private static Inbox read(ResultSet row) throws SQLException {
    return FORM.read(row.getString("body"), row.getInt("form")).withVersion(row.getLong("version"));
  }
}
