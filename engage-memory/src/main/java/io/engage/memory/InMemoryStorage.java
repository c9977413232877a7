package io.engage.memory;

import io.engage.spi.Attendance;
import io.engage.spi.AuditTrail;
import io.engage.spi.ConversationSearch;
import io.engage.spi.Documents;
import io.engage.spi.Drafts;
import io.engage.spi.EventQueue;
import io.engage.spi.Heartbeats;
import io.engage.spi.InboxStore;
import io.engage.spi.IngestLedger;
import io.engage.spi.Leases;
import io.engage.spi.Outbox;
import io.engage.spi.Paces;
import io.engage.spi.PersonSearch;
import io.engage.spi.Queues;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;

/**
 * Remembers everything until the process ends. Lists cost about a page, commits what they change,
 * whatever is stored already; only searching for words looks through what the other conditions of
 * the filter leave.
 *
 * <p>Any thread may use it, many at once.
 */
public final class InMemoryStorage implements Storage {
  private final Tables tables = Tables.empty();
  private final InboxStore inboxes = new CommittingStore(tables);
  private final PersonSearch persons = new TablePersons(tables);
  private final ConversationSearch search = new TableSearch(tables);

  private InMemoryStorage() {}

  /** An empty one. */
  public static InMemoryStorage create() {
    return new InMemoryStorage();
  }

  @Override
  public InboxStore inboxes() {
    return inboxes;
  }

  @Override
  public IngestLedger ledger() {
    return tables.ledger();
  }

  @Override
  public ConversationSearch search() {
    return search;
  }

  @Override
  public AuditTrail audit() {
    return tables.audit();
  }

  @Override
  public Outbox outbox() {
    return tables.outbox();
  }

  @Override
  public EventQueue events() {
    return tables.audit();
  }

  @Override
  public Leases leases() {
    return tables.leases();
  }

  @Override
  public Documents documents() {
    return tables.documents();
  }

  @Override
  public Drafts drafts() {
    return tables.drafts();
  }

  @Override
  public PersonSearch persons() {
    return persons;
  }

  @Override
  public Attendance attendance() {
    return tables.attendance();
  }

  @Override
  public Queues queues() {
    return tables.queues();
  }

  @Override
  public Heartbeats heartbeats() {
    return tables.heartbeats();
  }

  @Override
  public Recipients recipients() {
    return tables.recipients();
  }

  @Override
  public Paces paces() {
    return tables.paces();
  }
}
