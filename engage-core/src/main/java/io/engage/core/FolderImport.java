package io.engage.core;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.spi.MailSource.MailboxSession;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Imports what is new in one folder. While one batch is taken over, the next is being fetched;
 * there are never more than two in memory.
 */
final class FolderImport {
  private final Parts parts;
  private final Intake intake;
  private final Together together;
  private final Runnable afterBatch;
  private final FlagPace pace;
  private final Consumer<SyncProgress> progress;
  private SyncReport report;
  private long expected;
  private long done;
  private long bytes;
  private @Nullable FutureTask<Void> before;

  /**
   * @param afterBatch done after each commit, to keep the right to read the account
   * @param report of the folders before
   */
  FolderImport(
      Parts parts,
      Intake intake,
      Together together,
      Runnable afterBatch,
      FlagPace pace,
      Consumer<SyncProgress> progress,
      SyncReport report) {
    this.parts = parts;
    this.intake = intake;
    this.together = together;
    this.afterBatch = afterBatch;
    this.pace = pace;
    this.progress = progress;
    this.report = report;
  }

  SyncReport run(MailboxSession session, String folder) {
    FolderState state = session.look(folder);
    FolderCursor cursor = cursor(state);
    if (state.lastUid() > cursor.lastUid()) {
      fetch(session, state, cursor);
    }
    new FolderComparison(parts, afterBatch, pace).run(session, state, cursor, done);
    return report;
  }

  private void fetch(MailboxSession session, FolderState state, FolderCursor cursor) {
    expected = Math.min(state.messages(), state.lastUid() - cursor.lastUid());
    RuntimeException broken = null;
    try {
      session.fetch(cursor, state.lastUid(), parts.blobs(), this::receive);
    } catch (RuntimeException failed) {
      broken = failed;
    }
    finishBatch(broken);
  }

  /**
   * What was fetched before the connection broke is taken over; the first failure is the one told.
   */
  private void finishBatch(@Nullable RuntimeException broken) {
    try {
      settle();
    } catch (RuntimeException failed) {
      if (broken == null) {
        throw failed;
      }
    }
    if (broken != null) {
      throw broken;
    }
  }

  private FolderCursor cursor(FolderState state) {
    return parts
        .storage()
        .ledger()
        .cursor(state.folder())
        .filter(stored -> stored.uidValidity() == state.uidValidity())
        .orElseGet(() -> FolderCursor.start(state.folder(), state.uidValidity()));
  }

  private void receive(FetchedBatch batch) {
    settle();
    before = together.begin(() -> take(batch));
  }

  private void take(FetchedBatch batch) {
    Intake.Receipt receipt = intake.take(batch);
    afterBatch.run();
    report = report.with(receipt);
    done += batch.mails().size() + batch.missing().size();
    bytes += receipt.bytes();
    progress.accept(new SyncProgress(batch.folder(), done, Math.max(expected, done), bytes));
  }

  /**
   * Waits for the batch before. A batch that no thread has begun is taken over on this one, so that
   * an executor whose threads are all in use cannot bring the import to a stop.
   */
  private void settle() {
    FutureTask<Void> batch = before;
    before = null;
    if (batch == null) {
      return;
    }
    Together.result(batch);
  }
}
