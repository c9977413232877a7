package io.engage.spi;

import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MessageId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of each mail that was seen on a server, and how far each folder is imported.
 * Entries and cursors are written by {@link InboxStore#commit}.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p><b>Failure.</b> A store that cannot be reached throws {@link PortFailure}; reading changes
 * nothing and may be repeated.
 *
 * <p>{@code IngestLedgerContract} in engage-testkit has a test for each promise on this page.
 */
public interface IngestLedger {

  /** How far the folder is imported; empty before its first commit. */
  Optional<FolderCursor> cursor(ServerFolder folder);

  /** The entries of those of these mails that have one, in any order. */
  List<LedgerEntry> entries(Collection<ServerUid> uids);

  /**
   * The entries of a folder with UIDs above {@code afterUid}, in ascending order, at most {@code
   * limit}.
   *
   * @return empty when there are no more
   */
  List<LedgerEntry> entriesAfter(ServerFolder folder, long uidValidity, long afterUid, int limit);

  /**
   * The entries that name one of these messages, in any order: where on the server a message lies
   * or lay, under any UIDVALIDITY.
   */
  List<LedgerEntry> placesOf(Collection<MessageId> messages);

  /**
   * The entries of a folder under other UIDVALIDITYs than this one that are imported or duplicates
   * and have not left the server, in any order, at most {@code limit}.
   */
  List<LedgerEntry> outdated(ServerFolder folder, long uidValidity, int limit);

  /**
   * The quarantined mails of a folder under any UIDVALIDITY, in ascending order of UIDVALIDITY and
   * then UID, at most {@code limit}.
   *
   * @param after only those behind this one, which need not be in quarantine any more; null from
   *     the first on
   * @return empty when there are no more
   */
  List<LedgerEntry> quarantined(ServerFolder folder, @Nullable ServerUid after, int limit);
}
