package io.engage.core;

import io.engage.core.settling.Settling;
import io.engage.core.settling.Settling.Settled;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
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
import java.util.ArrayList;
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
  private final Settling settling = new Settling();

  Sending(Parts parts) {
    this.parts = parts;
  }

  /**
   * @param mayGoOn asked before each mail; those that are left are claimed again when the lease
   *     ends
   */
  void send(MailAccount account, List<OutboxClaim> claims, BooleanSupplier mayGoOn) {
    try (Line line = new Line(account)) {
      for (OutboxClaim claim : claims) {
        if (claim.interrupted()) {
          settle(account, claim, now -> settling.interrupted(claim, now));
        } else if (mayGoOn.getAsBoolean()) {
          send(claim, line).ifPresent(settled -> settle(account, claim, settled));
        }
      }
    }
  }

  /**
   * The connection stands before the attempt is marked, so a dead server leaves nothing in doubt.
   */
  private Optional<Settled> send(OutboxClaim claim, Line line) {
    SendMail mail = (SendMail) claim.entry().task();
    TransportSession session;
    try {
      session = line.session();
      if (parts.storage().outbox().markAttempting(List.of(claim)).isEmpty()) {
        return Optional.empty();
      }
    } catch (RuntimeException notConnected) {
      LOG.warn(
          "Message '{}' could not be sent now", mail.message(), LoggedFailure.of(notConnected));
      return Optional.of(
          decide(claim, mail, new SendOutcome.NothingSent(Failures.inWords(notConnected))));
    }
    return Optional.of(decide(claim, mail, attempt(session, mail)));
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
  private void settle(MailAccount account, OutboxClaim claim, Settled settled) {
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
      MailAccount account, OutboxClaim claim, Function<Delivery, Settled> decision) {
    try {
      return parts.committing().retrying(() -> commit(settling(account, claim, decision).build()));
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
      MailAccount account, OutboxClaim claim, Function<Delivery, Settled> decision) {
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
      MailAccount account, OutboxClaim claim, Function<Delivery, Settled> decision) {
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
            .messages(messages.stream().map(each -> settled(each, settled)).toList())
            .outbox(settled.sent() && keepsSent(account) ? List.of(copy(account, mail)) : List.of())
            .dropDocuments(
                isOnItsWay(settled) ? List.of(SentDraft.keyOf(mail.message())) : List.of())
            .audit(parts.committing().stamp(Actor.OUTBOX, occurrences));
    if (settled.sent()) {
      Recalling.sentDraft(parts, mail.message())
          .flatMap(sent -> Recalling.findRestored(parts, sent))
          .ifPresent(change::drop);
    }
    return change;
  }

  /** A mail that some recipients have stays sent, whatever becomes of the others. */
  private static Message settled(Message message, Settled settled) {
    Delivery before = message.state().delivery();
    return before == Delivery.SENT || before == Delivery.BOUNCED
        ? message
        : message.withState(message.state().withDelivery(settled.delivery()));
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
        return parts.mail().transport().open(account);
      } catch (RuntimeException refused) {
        refusal = refused;
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
