package io.engage.jpa;

import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MessageId;
import io.engage.spi.IngestLedger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the tables of cursors and of mails. */
final class TableLedger implements IngestLedger {
  private final Database database;
  private final CursorTable cursors = new CursorTable();
  private final LedgerTable entries = new LedgerTable();

  TableLedger(Database database) {
    this.database = database;
  }

  /** What stores changes, in its order. */
  List<Part> parts() {
    return List.of(cursors, entries);
  }

  @Override
  public Optional<FolderCursor> cursor(ServerFolder folder) {
    return database.ask(session -> cursors.find(session, folder));
  }

  @Override
  public List<LedgerEntry> entries(Collection<ServerUid> uids) {
    return uids.isEmpty() ? List.of() : database.ask(session -> entries.find(session, uids));
  }

  @Override
  public List<LedgerEntry> entriesAfter(
      ServerFolder folder, long uidValidity, long afterUid, int limit) {
    return database.ask(session -> entries.after(session, folder, uidValidity, afterUid, limit));
  }

  @Override
  public List<LedgerEntry> placesOf(Collection<MessageId> messages) {
    return messages.isEmpty()
        ? List.of()
        : database.ask(session -> entries.placesOf(session, messages));
  }

  @Override
  public List<LedgerEntry> outdated(ServerFolder folder, long uidValidity, int limit) {
    return database.ask(session -> entries.outdated(session, folder, uidValidity, limit));
  }

  @Override
  public List<LedgerEntry> quarantined(ServerFolder folder, @Nullable ServerUid after, int limit) {
    return database.ask(session -> entries.quarantined(session, folder, after, limit));
  }
}
