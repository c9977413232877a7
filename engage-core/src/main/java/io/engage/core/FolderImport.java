package io.engage.core;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.spi.MailSource.MailboxSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Imports what is new in one folder. While one batch is committed, the next one is read, or fetched
 * if it is not there yet; there are never more than two in memory. They are committed in the order
 * in which they came, and none behind one that failed.
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
  private final Deque<FutureTask<Void>> underWay = new ArrayDeque<>();

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
    @Nullable Throwable broken = null;
    try {
      session.fetch(cursor, state.lastUid(), parts.blobs(), this::receive);
    } catch (RuntimeException | Error failed) {
      broken = failed;
    }
    finishBatches(broken);
  }

  /**
   * What was fetched before the connection broke is taken over; the first failure is the one told,
   * when nothing goes on any more.
   */
  private void finishBatches(@Nullable Throwable broken) {
    Throwable first = broken;
    while (!underWay.isEmpty()) {
      try {
        Together.result(underWay.remove());
      } catch (RuntimeException | Error failed) {
        first = first == null ? failed : first;
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException failure) {
      throw failure;
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

  /** Waits for the batch before, beside which this one is read. */
  private void receive(FetchedBatch batch) {
    FutureTask<Void> before = underWay.peekLast();
    underWay.add(together.begin(() -> take(batch, before)));
    if (before != null) {
      Together.result(underWay.remove());
    }
  }

  private void take(FetchedBatch batch, @Nullable FutureTask<Void> before) {
    Intake.Receipt receipt = intake.take(batch, () -> settle(before));
    afterBatch.run();
    report = report.with(receipt);
    done += batch.mails().size() + batch.missing().size();
    bytes += receipt.bytes();
    progress.accept(new SyncProgress(batch.folder(), done, Math.max(expected, done), bytes));
  }

  /**
   * A batch that no thread has begun is taken over by whoever waits for it, so that an executor
   * whose threads are all in use cannot bring the import to a stop.
   */
  private static void settle(@Nullable FutureTask<Void> batch) {
    if (batch != null) {
      Together.result(batch);
    }
  }
}
