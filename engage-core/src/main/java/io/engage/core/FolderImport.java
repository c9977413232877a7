package io.engage.core;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.spi.MailSource.MailboxSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Imports what is new in one folder. While one batch is taken over, the next is being fetched;
 * there are never more than two in memory.
 */
final class FolderImport {
  private final Parts parts;
  private final Intake intake;
  private final Executor executor;
  private final Runnable afterBatch;
  private final Consumer<SyncProgress> progress;
  private SyncReport report;
  private long expected;
  private long done;
  private long bytes;
  private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

  /**
   * @param afterBatch done after each commit, to keep the right to read the account
   * @param report of the folders before
   */
  FolderImport(
      Parts parts,
      Intake intake,
      Executor executor,
      Runnable afterBatch,
      Consumer<SyncProgress> progress,
      SyncReport report) {
    this.parts = parts;
    this.intake = intake;
    this.executor = executor;
    this.afterBatch = afterBatch;
    this.progress = progress;
    this.report = report;
  }

  SyncReport run(MailboxSession session, String folder) {
    FolderState state = session.look(folder);
    FolderCursor cursor = cursor(state);
    if (state.lastUid() > cursor.lastUid()) {
      fetch(session, state, cursor);
    }
    new FolderComparison(parts).run(session, state, cursor, done);
    return report;
  }

  private void fetch(MailboxSession session, FolderState state, FolderCursor cursor) {
    expected = Math.min(state.messages(), state.lastUid() - cursor.lastUid());
    try {
      session.fetch(cursor, state.lastUid(), parts.blobs(), this::receive);
    } finally {
      settled(before.exceptionally(reportedBelow -> null));
    }
    settled(before);
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
    settled(before);
    before = CompletableFuture.runAsync(() -> take(batch), executor);
  }

  private void take(FetchedBatch batch) {
    Intake.Receipt receipt = intake.take(batch);
    afterBatch.run();
    report = report.with(receipt);
    done += batch.mails().size() + batch.missing().size();
    bytes += receipt.bytes();
    progress.accept(new SyncProgress(batch.folder(), done, Math.max(expected, done), bytes));
  }

  private static void settled(CompletableFuture<Void> batch) {
    try {
      batch.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
