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

  List<AuditEntry> of(Session session, ConversationId conversation) throws SQLException {
    return session.list(
        "select form, body from engage_audit where conversation = ? order by number",
        BODY::read,
        conversation.value());
  }

  List<AuditEntry> of(Session session, MessageId message) throws SQLException {
    return session.list(
        """
        select form, body from (
          select entry.number, entry.form, entry.body
          from engage_message about join engage_audit entry on entry.message = about.id
          where about.id = ?
          union all
          select entry.number, entry.form, entry.body
          from engage_message about join engage_audit entry
            on entry.conversation = about.conversation and entry.message is null
          where about.id = ?) as both_of_them
        order by number\
        """,
        BODY::read,
        message.value(),
        message.value());
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
