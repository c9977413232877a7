package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.ServerFolder;
import io.engage.spi.Leases.Lease;
import io.engage.spi.MailSource.MailboxSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Brings mail in.
 *
 * <p>Thread-safe. One account is read by one caller at a time, on whatever node; the others are
 * told so and do nothing.
 */
public final class MailDesk {
  static final Duration LEASE = Duration.ofMinutes(10);

  private final Parts parts;
  private final Intake intake;
  private final Executor executor;

  MailDesk(Parts parts, Intake intake, Executor executor) {
    this.parts = parts;
    this.intake = intake;
    this.executor = executor;
  }

  /** As {@link #sync(AccountId, Consumer)}, without progress. */
  public SyncReport sync(AccountId account) {
    return sync(account, progress -> {});
  }

  /**
   * Imports everything that is new in the account's folders. When this returns, it is committed.
   * May be called as often as one likes: what is known already costs a few round trips and no
   * commit.
   *
   * @param progress is told after each commit, on a thread of Engage's executor
   * @throws io.engage.spi.MailAccessFailure when the server cannot be reached or the connection
   *     breaks; what was committed before stays, and the next call goes on behind it
   * @throws io.engage.spi.NotFound when there is no such account
   */
  public SyncReport sync(AccountId account, Consumer<SyncProgress> progress) {
    requireNonNull(progress, "progress");
    MailAccount known = parts.account(requireNonNull(account, "account"));
    String owner = parts.ids().next();
    Optional<Lease> lease = lease(known, owner);
    if (lease.isEmpty()) {
      return SyncReport.busyElsewhere(account);
    }
    try (MailboxSession session = parts.mail().source().open(known)) {
      return importAll(known, session, owner, progress);
    } finally {
      parts.storage().leases().release(lease.get());
    }
  }

  /** All folders of an account, over an open session; the caller holds the lease. */
  SyncReport importAll(
      MailAccount account, MailboxSession session, String owner, Consumer<SyncProgress> progress) {
    SyncReport report = SyncReport.empty(account.id());
    for (String folder : account.folders()) {
      report = new FolderImport(account, owner, progress, report).run(session, folder);
    }
    return report;
  }

  /** Takes or prolongs the right to read an account. */
  Optional<Lease> lease(MailAccount account, String owner) {
    Instant now = parts.clock().instant();
    return parts
        .storage()
        .leases()
        .acquire("mailbox:" + account.id().value(), owner, now, now.plus(LEASE));
  }

  /**
   * One folder. While one batch is taken over, the next is being fetched; there are never more than
   * two in memory.
   */
  private final class FolderImport {
    private final MailAccount account;
    private final String owner;
    private final Consumer<SyncProgress> progress;
    private SyncReport report;
    private long expected;
    private long done;
    private long bytes;
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    FolderImport(
        MailAccount account, String owner, Consumer<SyncProgress> progress, SyncReport report) {
      this.account = account;
      this.owner = owner;
      this.progress = progress;
      this.report = report;
    }

    SyncReport run(MailboxSession session, String folder) {
      FolderState state = session.look(folder);
      FolderCursor cursor = cursor(state);
      if (state.lastUid() <= cursor.lastUid()) {
        return report;
      }
      expected = Math.min(state.messages(), state.lastUid() - cursor.lastUid());
      try {
        session.fetch(cursor, state.lastUid(), parts.blobs(), this::receive);
      } finally {
        waitFor(before.exceptionally(reportedBelow -> null));
      }
      waitFor(before);
      return report;
    }

    private FolderCursor cursor(FolderState state) {
      ServerFolder folder = state.folder();
      return parts
          .storage()
          .ledger()
          .cursor(folder)
          .filter(stored -> stored.uidValidity() == state.uidValidity())
          .orElseGet(() -> FolderCursor.start(folder, state.uidValidity()));
    }

    private void receive(FetchedBatch batch) {
      waitFor(before);
      before = CompletableFuture.runAsync(() -> take(batch), executor);
    }

    private void take(FetchedBatch batch) {
      Intake.Receipt receipt = intake.take(batch);
      lease(account, owner);
      report = report.with(receipt);
      done += batch.mails().size() + batch.missing().size();
      bytes += receipt.bytes();
      progress.accept(new SyncProgress(batch.folder(), done, Math.max(expected, done), bytes));
    }

    private void waitFor(CompletableFuture<Void> batch) {
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
}
