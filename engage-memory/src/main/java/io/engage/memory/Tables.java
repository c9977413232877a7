package io.engage.memory;

/** Everything that is stored, under one lock. */
record Tables(
    Guard guard,
    InboxTable inboxes,
    ConversationTable conversations,
    MessageTable messages,
    LedgerTable ledger,
    OutboxTable outbox,
    AuditTable audit,
    LeaseTable leases,
    DocumentTable documents,
    DraftTable drafts,
    AttendanceTable attendance) {

  static Tables empty() {
    Guard guard = new Guard();
    MessageTable messages = new MessageTable();
    return new Tables(
        guard,
        new InboxTable(),
        new ConversationTable(),
        messages,
        new LedgerTable(guard),
        new OutboxTable(guard, messages),
        new AuditTable(guard, messages),
        new LeaseTable(guard),
        new DocumentTable(guard),
        new DraftTable(guard),
        new AttendanceTable(guard));
  }
}
