package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.MessageId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row for each entry, inserted and never changed. Beside it, until that is done, stands that it
 * has no place in the chain yet, and that listeners have not heard of it.
 */
final class AuditTable implements Part {
  static final Body<AuditEntry> BODY = Body.of(AuditEntry.class);

  /** Numbers begin with 1. */
  private static final String LAST = "coalesce((select number from engage_audit where id = ?), 0)";

  private static final String OF_MESSAGE =
      """
      select form, body from (
        (select entry.number, entry.form, entry.body
          from engage_message about join engage_audit entry on entry.message = about.id
          where about.id = ? and entry.number > LAST order by entry.number limit ?)
        union all
        (select entry.number, entry.form, entry.body
          from engage_message about join engage_audit entry
            on entry.conversation = about.conversation and entry.message is null
          where about.id = ? and entry.number > LAST order by entry.number limit ?)
      ) as both_of_them
      order by number limit ?\
      """
          .replace("LAST", LAST);

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    session.updateAll(
        "insert into engage_audit (id, conversation, message, form, body) values (?, ?, ?, ?, ?)",
        change.audit().stream().map(AuditTable::row).toList());
    List<String> ids = change.audit().stream().map(each -> each.id().value()).toList();
    for (String queue : List.of("engage_audit_unsealed", "engage_event")) {
      session.update(
          "insert into %s (number) select number from engage_audit where id = any (?)"
              .formatted(queue),
          ids);
    }
  }

  private static @Nullable Object[] row(AuditEntry entry) {
    AuditSubject subject = entry.subject();
    ConversationId conversation = subject.conversation();
    MessageId message = subject.message();
    return new @Nullable Object[] {
      entry.id().value(),
      conversation == null ? null : conversation.value(),
      message == null ? null : message.value(),
      StoredForm.CURRENT,
      BODY.write(entry)
    };
  }

  List<AuditEntry> of(
      Session session, ConversationId conversation, @Nullable AuditEntryId after, int limit)
      throws SQLException {
    return session.list(
        "select form, body from engage_audit where conversation = ? and number > "
            + LAST
            + " order by number limit ?",
        BODY::read,
        conversation.value(),
        idOf(after),
        limit);
  }

  List<AuditEntry> of(Session session, MessageId message, @Nullable AuditEntryId after, int limit)
      throws SQLException {
    return session.list(
        OF_MESSAGE,
        BODY::read,
        message.value(),
        idOf(after),
        limit,
        message.value(),
        idOf(after),
        limit,
        limit);
  }

  /** Of the first portion, an id that no entry has. */
  private static String idOf(@Nullable AuditEntryId after) {
    return after == null ? "" : after.value();
  }

  List<AuditEntry> newest(Session session, int limit) throws SQLException {
    return session.list(
        "select form, body from engage_audit order by number desc limit ?", BODY::read, limit);
  }

  List<AuditEntry> untold(Session session, int limit) throws SQLException {
    return session.list(
        """
        select entry.form, entry.body
        from engage_event event join engage_audit entry on entry.number = event.number
        order by event.number limit ?\
        """,
        BODY::read,
        limit);
  }

  int told(Session session, Collection<AuditEntryId> ids) throws SQLException {
    return session.update(
        """
        delete from engage_event
        where number in (select number from engage_audit where id = any (?))\
        """,
        ids.stream().map(AuditEntryId::value).distinct().sorted().toList());
  }
}
