package io.engage.core;

import io.engage.core.HealthBook.Use;
import io.engage.core.settling.Settling;
import io.engage.core.settling.Settling.Settled;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.MailAccount;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask.CopyToSent;
import io.engage.model.outbox.OutboxTask.SendMail;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.writing.SentDraft;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.spi.StaleVersion;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the claimed mails of one account over one kept connection, and records what became of each.
 */
final class Sending {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private final Parts parts;
  private final HealthBook health;
  private final BlobRemovals removals;
  private final Unanswered unanswered;
  private final Settling settling = new Settling();

  Sending(Parts parts, HealthBook health) {
    this.parts = parts;
    this.health = health;
    this.removals = new BlobRemovals(parts);
    this.unanswered = new Unanswered(parts);
  }

  /**
   * @param mayGoOn asked before each mail; those that are left are given back
   */
  void send(MailAccount account, List<OutboxClaim> claims, BooleanSupplier mayGoOn) {
    Deque<OutboxClaim> left = new ArrayDeque<>(claims);
    boolean answers = true;
    try (Line line = new Line(account)) {
      while (answers && !left.isEmpty() && mayGoOn.getAsBoolean()) {
        OutboxClaim claim = left.remove();
        if (claim.interrupted()) {
          settle(account, claim, now -> settling.interrupted(claim, now));
        } else {
          answers = send(account, claim, line);
        }
      }
    } finally {
      giveBack(left, answers);
    }
  }

  /** Where a server has gone silent, the next mail has no better chance in the same minute. */
  private void giveBack(Collection<OutboxClaim> left, boolean answers) {
    if (!left.isEmpty()) {
      Instant now = parts.clock().instant();
      parts
          .storage()
          .outbox()
          .release(List.copyOf(left), answers ? now : now.plus(OutboxRound.PAUSE));
    }
  }

  /** A mail that is not to be sent any more. */
  void fail(OutboxClaim claim, String reason) {
    SendMail mail = (SendMail) claim.entry().task();
    settle(null, claim, now -> settling.never(claim, mail, reason));
  }

  /**
   * The connection stands before the attempt is marked, so a dead server leaves nothing in doubt.
   * Until then nothing was done that somebody who overtook us would have to know.
   *
   * @return whether the server answers
   */
  private boolean send(MailAccount account, OutboxClaim claim, Line line) {
    SendMail mail = (SendMail) claim.entry().task();
    TransportSession session;
    try {
      session = line.session();
      if (parts.storage().outbox().markAttempting(List.of(claim)).isEmpty()) {
        return true;
      }
    } catch (RuntimeException notConnected) {
      LOG.warn(
          "Message '{}' could not be sent now", mail.message(), LoggedFailure.of(notConnected));
      SendOutcome nothing = new SendOutcome.NothingSent(Failures.inWords(notConnected));
      settle(account, claim, now -> decide(claim, mail, nothing));
      return true;
    }
    SendOutcome outcome = attempt(session, mail);
    settleAttempt(account, claim, decide(claim, mail, outcome));
    return !(outcome instanceof SendOutcome.InDoubt);
  }

  /** From here on bytes may have gone: whatever breaks, nobody knows how far it got. */
  private SendOutcome attempt(TransportSession session, SendMail mail) {
    try {
      return session.send(
          new Envelope(
              mail.sender(), mail.recipients(), new StoredContent(parts.blobs(), mail.source())));
    } catch (RuntimeException broken) {
      LOG.warn(
          "Message '{}' broke off while it was sent", mail.message(), LoggedFailure.of(broken));
      return new SendOutcome.InDoubt(Failures.inWords(broken));
    }
  }

  private Settled decide(OutboxClaim claim, SendMail mail, SendOutcome outcome) {
    return settling.decide(claim, mail, outcome, parts.clock().instant());
  }

  /** Whoever was overtaken knows more than whoever overtook it: that one saw no end. */
  private void settleAttempt(MailAccount account, OutboxClaim claim, Settled settled) {
    if (!settle(account, claim, now -> settled)) {
      settling
          .late(settled)
          .ifPresent(
              late ->
                  parts
                      .committing()
                      .retrying(() -> commit(change(account, claim, now -> late).build())));
    }
  }

  /** Whether the claim was still ours. */
  private boolean settle(
      @Nullable MailAccount account, OutboxClaim claim, Function<Delivery, Settled> decision) {
    try {
      return parts
          .committing()
          .retryingWhile(
              () -> !parts.storage().outbox().held(List.of(claim.entry().id())).isEmpty(),
              () -> commit(settling(account, claim, decision).build()));
    } catch (StaleVersion overtaken) {
      LOG.warn("Outbox entry '{}' was worked on past the end of its lease", claim.entry().id());
      return false;
    }
  }

  private boolean commit(InboxChange change) {
    parts.committing().commit(change);
    return true;
  }

  private InboxChange.Builder settling(
      @Nullable MailAccount account, OutboxClaim claim, Function<Delivery, Settled> decision) {
    List<OutboxSettlement> settlements = new ArrayList<>();
    InboxChange.Builder change =
        change(
            account,
            claim,
            now -> {
              Settled settled = decision.apply(now);
              settlements.add(settled.settlement());
              return settled;
            });
    return change.settlements(settlements);
  }

  private InboxChange.Builder change(
      @Nullable MailAccount account, OutboxClaim claim, Function<Delivery, Settled> decision) {
    SendMail mail = (SendMail) claim.entry().task();
    List<Message> messages = parts.storage().inboxes().messages(List.of(mail.message()));
    Optional<Message> message = messages.stream().findFirst();
    Settled settled =
        decision.apply(message.map(each -> each.state().delivery()).orElse(Delivery.QUEUED));
    AuditSubject subject =
        message
            .map(each -> AuditSubject.of(each.inbox(), each.conversation(), each.id()))
            .orElse(AuditSubject.NONE);
    List<Occurrence> occurrences =
        settled.facts().stream().map(fact -> new Occurrence(subject, fact)).toList();
    InboxChange.Builder change =
        InboxChange.builder()
            .conversations(message.map(each -> waitingAgain(each, settled)).orElse(List.of()))
            .messages(
                messages.stream().map(each -> each.withState(settled.of(each.state()))).toList())
            .outbox(
                settled.sent() && account != null && keepsSent(account)
                    ? List.of(copy(account, mail))
                    : List.of())
            .audit(parts.committing().stamp(Actor.OUTBOX, occurrences));
    if (isOnItsWay(settled)) {
      Recalling.sentDraft(parts, mail.message()).ifPresent(sent -> forget(sent, settled, change));
    }
    return change;
  }

  private List<Conversation> waitingAgain(Message message, Settled settled) {
    return unanswered.afterwards(message, settled.of(message.state()).delivery());
  }

  /** The mail has copies of the files. */
  private void forget(SentDraft sent, Settled settled, InboxChange.Builder change) {
    change.dropDocuments(List.of(sent.key())).documents(removals.ofFiles(List.of(sent.draft())));
    if (settled.sent()) {
      Recalling.findRestored(parts, sent).ifPresent(change::drop);
    }
  }

  /** What nobody has and is tried again later can still be taken back. */
  private static boolean isOnItsWay(Settled settled) {
    return settled.sent() || settled.settlement().again() == null;
  }

  private static boolean keepsSent(MailAccount account) {
    return account.imap() != null && account.sentCopies() == MailAccount.SentCopies.APPENDED;
  }

  private OutboxEntry copy(MailAccount account, SendMail mail) {
    Instant now = parts.clock().instant();
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        account.id(),
        new CopyToSent(mail.message(), mail.messageId(), mail.source(), now),
        now,
        0);
  }

  /** A connection that is opened when the first mail needs it, and again when it has broken. */
  private final class Line implements AutoCloseable {
    private final MailAccount account;
    private @Nullable TransportSession session;
    private @Nullable RuntimeException refusal;

    Line(MailAccount account) {
      this.account = account;
    }

    TransportSession session() {
      TransportSession open = session;
      if (open == null || !open.isUsable()) {
        close();
        open = opened();
        session = open;
      }
      return open;
    }

    /** A server that has just refused us is not asked again for every mail. */
    private TransportSession opened() {
      if (refusal != null) {
        throw refusal;
      }
      try {
        TransportSession opened = parts.mail().transport().open(account);
        health.wentWell(account.id(), Use.SENDING);
        return opened;
      } catch (RuntimeException refused) {
        refusal = refused;
        health.wentWrong(account.id(), Use.SENDING, refused);
        throw refused;
      }
    }

    @Override
    public void close() {
      if (session != null) {
        session.close();
        session = null;
      }
    }
  }
}
