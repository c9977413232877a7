package io.engage.memory;

/** Everything that is stored, under one lock. */
record Tables(
    Guard guard,
    BlobUses blobUses,
    InboxTable inboxes,
    ConversationTable conversations,
    MessageTable messages,
    LedgerTable ledger,
    OutboxTable outbox,
    AuditTable audit,
    LeaseTable leases,
    DocumentTable documents,
    DraftTable drafts,
    AttendanceTable attendance,
    RecipientTable recipients,
    PaceTable paces,
    QueueTable queues,
    HeartbeatTable heartbeats) {

  static Tables empty() {
    Guard guard = new Guard();
    BlobUses blobUses = new BlobUses();
    MessageTable messages = new MessageTable(blobUses);
    InboxTable inboxes = new InboxTable();
    ConversationTable conversations = new ConversationTable();
    return new Tables(
        guard,
        blobUses,
        inboxes,
        conversations,
        messages,
        new LedgerTable(guard, blobUses),
        new OutboxTable(guard, messages),
        new AuditTable(guard, messages),
        new LeaseTable(guard),
        new DocumentTable(guard, blobUses),
        new DraftTable(guard, inboxes, blobUses),
        new AttendanceTable(guard),
        new RecipientTable(),
        new PaceTable(),
        new QueueTable(guard, conversations.queues()),
        new HeartbeatTable(guard));
  }
}
