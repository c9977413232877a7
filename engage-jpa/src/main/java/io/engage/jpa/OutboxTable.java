package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row for each task that is owed. What is settled is deleted, so that claims never walk past
 * what is done.
 */
final class OutboxTable implements Part {
  static final Body<OutboxEntry> BODY = Body.of(OutboxEntry.class);

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    List<OutboxSettlement> settlements =
        change.settlements().stream()
            .sorted(Comparator.comparing(each -> each.claim().entry().id().value()))
            .toList();
    settle(session, settlements);
    withdraw(session, change.withdrawn());
    add(
        session,
        Stream.concat(
                settlements.stream().map(OutboxSettlement::again).filter(Objects::nonNull),
                change.outbox().stream())
            .toList());
  }

  private static void settle(Session session, List<OutboxSettlement> settlements)
      throws SQLException {
    int[] counts =
        session.updateAll(
            "delete from engage_outbox where id = ? and token = ? and held",
            settlements.stream()
                .map(each -> new Object[] {each.claim().entry().id().value(), each.claim().token()})
                .toList());
    Stale.unlessAll(
        "claim of outbox entry", settlements, each -> each.claim().entry().id().value(), counts);
  }

  private static void withdraw(Session session, List<OutboxId> withdrawn) throws SQLException {
    List<OutboxId> sorted =
        withdrawn.stream().sorted(Comparator.comparing(OutboxId::value)).toList();
    int[] counts =
        session.updateAll(
            "delete from engage_outbox where id = ? and not held",
            sorted.stream().map(id -> new Object[] {id.value()}).toList());
    Stale.unlessAll("outbox entry", sorted, OutboxId::value, counts);
  }

  /** In the order in which they are to be claimed when they are due at the same time. */
  private static void add(Session session, List<OutboxEntry> entries) throws SQLException {
    session.updateAll(
        """
        insert into engage_outbox
        (id, account, message, not_before, token, held, attempting, leased, lease_until, form, body)
        values (?, ?, ?, ?, 0, false, false, false, ?, ?, ?)\
        """,
        entries.stream().map(OutboxTable::row).toList());
  }

  private static @Nullable Object[] row(OutboxEntry entry) {
    MessageId message = messageOf(entry.task());
    return new @Nullable Object[] {
      entry.id().value(),
      entry.account().value(),
      message == null ? null : message.value(),
      entry.notBefore(),
      Long.MIN_VALUE,
      StoredForm.CURRENT,
      BODY.write(entry)
    };
  }

  /** For which message it is owed, to send it or to keep its copy. */
  private static @Nullable MessageId messageOf(OutboxTask task) {
    return task instanceof OutboxTask.CopyToSent copy
        ? copy.message()
        : task.findSent().orElse(null);
  }

  List<OutboxId> held(Session session, Collection<OutboxId> entries) throws SQLException {
    return session.list(
        "select form, body from engage_outbox where id = any (?) and held",
        row -> BODY.read(row).id(),
        entries.stream().map(OutboxId::value).distinct().toList());
  }

  /** Of those with a lease and of those without, each in the order of its index. */
  List<OutboxEntry> unsettled(Session session, int limit) throws SQLException {
    return session.list(
        """
        select form, body from (
          (select not_before, number, form, body from engage_outbox where not leased
            order by not_before, number limit ?)
          union all
          (select not_before, number, form, body from engage_outbox where leased
            order by not_before, number limit ?)) as owed
        order by not_before, number limit ?\
        """,
        BODY::read,
        limit,
        limit,
        limit);
  }

  List<OutboxEntry> unsettledOf(
      Session session, AccountId account, @Nullable OutboxId after, int limit) throws SQLException {
    return session.list(
        """
        select form, body from engage_outbox where account = ? and id > ? order by id limit ?\
        """,
        BODY::read,
        account.value(),
        after == null ? "" : after.value(),
        limit);
  }

  /** For {@code PersonSearch}: what is owed for these messages, claimed or not. */
  static List<OutboxEntry> owedFor(Session session, Collection<MessageId> messages)
      throws SQLException {
    return session.list(
        "select form, body from engage_outbox where message = any (?)",
        BODY::read,
        messages.stream().map(MessageId::value).distinct().toList());
  }
}
