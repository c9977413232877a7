package io.engage.core;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.spi.MailSource.MailboxSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries quarantined mails of a folder once more: from the server, else from what was kept of them.
 */
final class QuarantineRetry {
  private static final int ENTRIES_AT_ONCE = 1_000;

  private final Parts parts;
  private final Intake intake;
  private final Runnable beforeMail;
  private int recovered;

  /**
   * @param beforeMail done before each mail, to keep the right to read the account
   */
  QuarantineRetry(Parts parts, Intake intake, Runnable beforeMail) {
    this.beforeMail = beforeMail;
    this.parts = parts;
    this.intake = intake;
  }

  /** How many of them became messages. */
  int run(MailboxSession session, FolderState state) {
    List<LedgerEntry> page = page(state, null);
    while (!page.isEmpty()) {
      page.forEach(entry -> tryAgain(session, state, entry));
      page = page(state, page.get(page.size() - 1).uid());
    }
    return recovered;
  }

  private List<LedgerEntry> page(FolderState state, @Nullable ServerUid after) {
    return parts.storage().ledger().quarantined(state.folder(), after, ENTRIES_AT_ONCE);
  }

  private void tryAgain(MailboxSession session, FolderState state, LedgerEntry entry) {
    beforeMail.run();
    if (entry.uid().uidValidity() != state.uidValidity() || !fetchAgain(session, entry)) {
      takeKept(entry);
    }
  }

  /** Whether the server still had it. */
  private boolean fetchAgain(MailboxSession session, LedgerEntry entry) {
    boolean[] had = {false};
    long uid = entry.uid().uid();
    FolderCursor before =
        FolderCursor.start(entry.uid().folder(), entry.uid().uidValidity()).at(uid - 1);
    session.fetch(
        before,
        uid,
        parts.blobs(),
        batch -> {
          if (!batch.mails().isEmpty()) {
            had[0] = true;
            recovered += intake.takeAgain(batch).imported();
          }
        });
    return had[0];
  }

  private void takeKept(LedgerEntry entry) {
    Blob source = entry.source();
    if (source != null) {
      FetchedMail kept =
          new FetchedMail(
              entry.uid(),
              false,
              entry.at(),
              source.size(),
              source,
              new StoredContent(parts.blobs(), source));
      recovered +=
          intake
              .takeAgain(
                  new FetchedBatch(
                      entry.uid().folder(),
                      entry.uid().uidValidity(),
                      entry.uid().uid(),
                      List.of(kept),
                      List.of()))
              .imported();
    }
  }
}
