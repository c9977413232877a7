package io.engage.jpa;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.MessageId;
import io.engage.spi.AuditTrail;
import io.engage.spi.EventQueue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened, and who has still to be told. The chain and the queue show what is committed and
 * nothing else, so both take a second connection while the host has one open.
 */
final class TableAudit implements AuditTrail, EventQueue {
  private final Database database;
  private final AuditTable table = new AuditTable();

  TableAudit(Database database) {
    this.database = database;
  }

  /** What stores changes. */
  Part part() {
    return table;
  }

  @Override
  public List<AuditEntry> ofConversation(
      ConversationId conversation, @Nullable AuditEntryId after, int limit) {
    return database.ask(session -> table.of(session, conversation, after, limit));
  }

  @Override
  public List<AuditEntry> ofMessage(MessageId message, @Nullable AuditEntryId after, int limit) {
    return database.ask(session -> table.of(session, message, after, limit));
  }

  @Override
  public List<AuditEntry> newest(int limit) {
    return database.ask(session -> table.newest(session, limit));
  }

  @Override
  public List<AuditLink> chainAfter(long sequence, int limit) {
    AuditChain.seal(database);
    return database.askApart(session -> AuditChain.after(session, sequence, limit));
  }

  @Override
  public Optional<AuditLink> findLast() {
    AuditChain.seal(database);
    return database.askApart(AuditChain::last);
  }

  @Override
  public void afterCommit(Runnable wakeUp) {
    database.transactions().afterCommit(wakeUp);
  }

  @Override
  public boolean isHostsTransactionOpen() {
    return database.transactions().isOpen();
  }

  /** Listeners are told soon after each commit, so this is when entries are sealed as a rule. */
  @Override
  public List<AuditEntry> undelivered(int limit) {
    AuditChain.seal(database);
    return database.askApart(session -> table.untold(session, limit));
  }

  @Override
  public void delivered(Collection<AuditEntryId> ids) {
    if (!ids.isEmpty()) {
      database.changeApart(session -> table.told(session, ids));
    }
  }
}
