package io.engage.core;

import io.engage.core.HealthBook.Use;
import io.engage.core.settling.Settling;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.outbox.OutboxTask.CopyToSent;
import io.engage.model.outbox.OutboxTask.DeleteFromSent;
import io.engage.model.outbox.OutboxTask.DeleteOnServer;
import io.engage.model.outbox.OutboxTask.MarkSeen;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailSource.MailboxSession;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the claimed changes on the mail server of one account, over one connection: in their order,
 * and neighbours of one sort in one command. All of them may be repeated.
 */
final class ServerErrands {
  private static final Logger LOG = LoggerFactory.getLogger(ServerErrands.class);

  private final Parts parts;
  private final HealthBook health;
  private final Settling settling = new Settling();

  ServerErrands(Parts parts, HealthBook health) {
    this.parts = parts;
    this.health = health;
  }

  void run(MailAccount account, List<OutboxClaim> claims) {
    Deque<List<OutboxClaim>> left = new ArrayDeque<>(runs(claims));
    while (!left.isEmpty()) {
      RuntimeException failed = runSome(account, left);
      if (failed != null) {
        LOG.warn(
            "Mail account '{}' cannot be told of a change now",
            account.id(),
            LoggedFailure.of(failed));
        health.wentWrong(account.id(), Use.ERRANDS, failed);
        putOff(left.remove(), failed);
      }
      if (failed instanceof MailAccessFailure access && isHopeless(access)) {
        left.forEach(run -> putOff(run, failed));
        left.clear();
      }
    }
  }

  /** Where the server is gone or refuses us, each of the others would fail too. */
  private static boolean isHopeless(MailAccessFailure failed) {
    return failed.reason() != MailAccessFailure.Reason.NO_FOLDER
        && failed.reason() != MailAccessFailure.Reason.PROTOCOL;
  }

  /** Over one connection, until one fails: that one is the first of what is left. */
  private @Nullable RuntimeException runSome(MailAccount account, Deque<List<OutboxClaim>> left) {
    try (MailboxSession session = new Mailboxes(parts).open(account)) {
      health.wentWell(account.id(), Use.ERRANDS);
      while (!left.isEmpty()) {
        finish(left.element(), act(session, left.element()));
        left.remove();
      }
      return null;
    } catch (RuntimeException failed) {
      return failed;
    }
  }

  private static List<List<OutboxClaim>> runs(List<OutboxClaim> claims) {
    List<List<OutboxClaim>> runs = new ArrayList<>();
    for (OutboxClaim claim : claims) {
      List<OutboxClaim> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
      if (last.isEmpty() || !goTogether(last.get(0).entry().task(), claim.entry().task())) {
        last = new ArrayList<>();
        runs.add(last);
      }
      last.add(claim);
    }
    return runs;
  }

  private static boolean goTogether(OutboxTask one, OutboxTask other) {
    if (one instanceof MarkSeen first && other instanceof MarkSeen second) {
      return first.seen() == second.seen();
    }
    return one instanceof DeleteOnServer && other instanceof DeleteOnServer;
  }

  /**
   * @return which mails are deleted by this
   */
  private Set<ServerUid> act(MailboxSession session, List<OutboxClaim> run) {
    OutboxTask task = run.get(0).entry().task();
    if (task instanceof MarkSeen mark) {
      session.markSeen(uids(run), mark.seen());
    } else if (task instanceof DeleteOnServer) {
      return session.delete(uids(run));
    } else if (task instanceof CopyToSent copy) {
      session.keepSent(
          copy.messageId(), new StoredContent(parts.blobs(), copy.source()), copy.sentAt());
    } else if (task instanceof DeleteFromSent erased) {
      session.deleteSent(erased.messageId());
    }
    return Set.of();
  }

  private static Set<ServerUid> uids(List<OutboxClaim> run) {
    Set<ServerUid> uids = new LinkedHashSet<>();
    for (OutboxClaim claim : run) {
      if (claim.entry().task() instanceof MarkSeen mark) {
        uids.addAll(mark.uids());
      } else if (claim.entry().task() instanceof DeleteOnServer delete) {
        uids.addAll(delete.uids());
      }
    }
    return uids;
  }

  private void finish(List<OutboxClaim> run, Set<ServerUid> deleted) {
    int mails = Math.max(uids(run).size(), 1);
    AuditFact done = new AuditFact.DoneOnServer(run.get(0).entry().task().code(), mails);
    List<OutboxSettlement> settlements = run.stream().map(OutboxSettlement::done).toList();
    Deletions deletions = new Deletions(parts.storage().ledger());
    parts
        .committing()
        .retrying(
            () -> {
              commit(settlements, deletions.remembered(deleted, parts.clock().instant()), done);
              return true;
            });
  }

  private void putOff(List<OutboxClaim> run, RuntimeException failed) {
    Instant now = parts.clock().instant();
    String task = run.get(0).entry().task().code();
    String reason = Failures.inWords(failed);
    commit(
        run.stream().map(claim -> settling.retry(claim, now)).toList(),
        List.of(),
        new AuditFact.ServerTaskPostponed(task, reason));
  }

  private void commit(List<OutboxSettlement> settlements, List<LedgerMove> moves, AuditFact fact) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .settlements(settlements)
                .ledgerMoves(moves)
                .audit(
                    parts
                        .committing()
                        .stamp(Actor.OUTBOX, List.of(new Occurrence(AuditSubject.NONE, fact))))
                .build());
  }
}
