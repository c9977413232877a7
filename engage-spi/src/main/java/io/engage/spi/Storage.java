package io.engage.spi;

/**
 * Everything that Engage remembers, except the bytes of mails (those are in the {@link BlobStore}).
 *
 * <p>It is one store, seen from fifteen sides: what is committed through {@link #inboxes()} shows
 * at once through all others. Each side is a port with a contract suite of its own in
 * engage-testkit.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines over one database.
 */
public interface Storage {

  /** Inboxes, conversations and messages, and the one place where changes are committed. */
  InboxStore inboxes();

  /** What became of each mail seen on a server. */
  IngestLedger ledger();

  /** Lists and histories. */
  ConversationSearch search();

  /** What happened. */
  AuditTrail audit();

  /** What is owed to mail servers. */
  Outbox outbox();

  /** What listeners have still to be told. */
  EventQueue events();

  /** Who may do what only one at a time may do. */
  Leases leases();

  /** Small things that are kept whole. */
  Documents documents();

  /** What agents have begun to write. */
  Drafts drafts();

  /** All that is held on a person. */
  PersonSearch persons();

  /** Who is in which conversation just now. */
  Attendance attendance();

  /** Who waits and who works. */
  Queues queues();

  /** Which agents give signs of life. */
  Heartbeats heartbeats();

  /** To whom campaigns are sent, and what became of each. */
  Recipients recipients();

  /** How much of a campaign's rate is used up. */
  Paces paces();
}
