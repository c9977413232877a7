package io.engage.jpa;

import io.engage.model.conversation.Page;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.spi.Outbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outbox. Claims are never part of a host's transaction, since they have to be durable and seen
 * by other nodes when they return: so they take a second connection while the host has one open,
 * and see nothing that it has not committed yet.
 */
final class TableOutbox implements Outbox {
  private final Database database;
  private final OutboxTable table = new OutboxTable();

  TableOutbox(Database database) {
    this.database = database;
  }

  /** What stores changes. */
  OutboxTable table() {
    return table;
  }

  @Override
  public List<OutboxClaim> claim(int limit, Instant now, Instant leaseUntil) {
    return database.changeApart(session -> OutboxClaims.claim(session, limit, now, leaseUntil));
  }

  @Override
  public List<OutboxClaim> markAttempting(Collection<OutboxClaim> claims) {
    return claims.isEmpty()
        ? List.of()
        : database.changeApart(session -> OutboxClaims.markAttempting(session, claims));
  }

  @Override
  public void release(Collection<OutboxClaim> claims, Instant until) {
    if (!claims.isEmpty()) {
      database.changeApart(session -> OutboxClaims.release(session, claims, until));
    }
  }

  @Override
  public List<OutboxId> held(Collection<OutboxId> entries) {
    return entries.isEmpty() ? List.of() : database.ask(session -> table.held(session, entries));
  }

  @Override
  public List<OutboxEntry> unsettled(int limit) {
    return database.ask(session -> table.unsettled(session, limit));
  }

  @Override
  public List<OutboxEntry> unsettledOf(AccountId account, @Nullable OutboxId after, int limit) {
    return database.ask(session -> table.unsettledOf(session, account, after, limit));
  }

  @Override
  public Page<Message> messages(
      Collection<InboxId> inboxes, Collection<Delivery> deliveries, Page.Request page) {
    MessageLists lists = MessageLists.outgoing(inboxes, deliveries).newestFirst();
    return database.ask(session -> lists.page(session, page));
  }
}
