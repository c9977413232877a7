package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.Batch.Ready;
import io.engage.dialer.Holding.Hold;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.spi.MailTransport.TransportSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to a small group of claimed recipients: looks once more at who is not to be written to,
 * makes the mails, marks the group durably, hands it to the server, and records what became of
 * each. A node that dies leaves in doubt only what it had marked.
 */
final class GroupSending {
  private static final Logger LOG = LoggerFactory.getLogger(GroupSending.class);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private final Foundation foundation;
  private final Settings settings;
  private final Sifting sifting;
  private final Settling settling;
  private final Holding holding;

  GroupSending(
      Foundation foundation,
      Settings settings,
      Sifting sifting,
      Settling settling,
      Holding holding) {
    this.foundation = foundation;
    this.settings = settings;
    this.sifting = sifting;
    this.settling = settling;
    this.holding = holding;
  }

  /**
   * What was not begun when it fails waits a while, so that those behind have their turn.
   *
   * @param leaseUntil when the claims end
   * @return whether others of the campaign may follow; not when it is not any more as it was read
   */
  boolean send(AtWork job, List<RecipientClaim> claims, Instant leaseUntil) {
    boolean done = false;
    boolean holds = true;
    try {
      Optional<TransportSession> session = opened(job, claims);
      if (session.isPresent()) {
        holds = job.standing().holds(foundation.storage().documents());
        goOn(session.get(), job, claims, leaseUntil, holds);
      }
      done = true;
      return holds;
    } finally {
      if (!done) {
        settling.release(job.campaign(), claims, now().plus(A_WHILE));
      }
    }
  }

  /**
   * The connection stands before the group is marked, so a dead server leaves nothing in doubt; and
   * before it is looked at who wants no mail, for a server may take its time.
   */
  private Optional<TransportSession> opened(AtWork job, List<RecipientClaim> claims) {
    Optional<TransportSession> session = job.line().open(job.account(), job.way());
    if (session.isEmpty()) {
      Instant soon = now().plus(SHORT);
      Instant next = job.way().next().isAfter(soon) ? job.way().next() : soon;
      settling.release(job.campaign(), claims, next);
      job.tally().waits(next);
    }
    return session;
  }

  /**
   * Whoever stops a campaign while nothing is claimed trusts that nobody is sent to, and claiming
   * or connecting may have taken its time.
   */
  private void goOn(
      TransportSession session,
      AtWork job,
      List<RecipientClaim> claims,
      Instant leaseUntil,
      boolean holds) {
    if (holds) {
      sendThrough(session, job, claims, leaseUntil);
    } else {
      settling.release(job.campaign(), claims, now());
    }
  }

  private void sendThrough(
      TransportSession session, AtWork job, List<RecipientClaim> claims, Instant leaseUntil) {
    List<RecipientSettlement> settled = new ArrayList<>();
    List<Ready> ready = sifting.sift(job, claims, settled);
    if (!settled.isEmpty()) {
      job.tally().gotFurther();
    }
    if (ready.isEmpty()) {
      settling.settle(settled, settings.lastWord(leaseUntil));
    } else {
      attempt(session, job, ready, settled, leaseUntil);
    }
  }

  /** What was settled before goes along with what becomes of the mails, in one write. */
  private void attempt(
      TransportSession session,
      AtWork job,
      List<Ready> ready,
      List<RecipientSettlement> settled,
      Instant leaseUntil) {
    job.tally().gotFurther();
    List<Ready> marked = marked(ready);
    List<RecipientClaim> ours = marked.stream().map(Ready::claim).toList();
    List<RecipientClaim> unknown;
    Instant lastWord;
    try (Hold hold = holding.hold(ours, leaseUntil)) {
      Batch batch = batch(job.within(hold::mayBegin), marked);
      try {
        handOver(job, session, batch);
      } finally {
        settled.addAll(batch.settlements());
        lastWord = settings.lastWord(hold.until());
        settling.settle(settled, lastWord);
      }
      unknown = batch.unknown();
    }
    settling.suppress(job.campaign(), unknown, lastWord);
  }

  /** Whatever ends it, an error too, costs nothing of what is known by then. */
  private void handOver(AtWork job, TransportSession session, Batch batch) {
    Instant begun = now();
    try {
      session.sendAll(batch, batch::told);
    } catch (RuntimeException broken) {
      LOG.warn(
          "A connection of mail account '{}' broke off: {}",
          job.account().id(),
          broken.getClass().getName());
      job.line().close();
    } finally {
      job.tally().went(batch.handedOver());
      job.line().took(Duration.between(begun, now()), batch.handedOver());
      batch.broken();
    }
  }

  private List<Ready> marked(List<Ready> ready) {
    Map<RecipientId, Ready> mails = new HashMap<>();
    ready.forEach(each -> mails.put(each.claim().recipient().id(), each));
    List<Ready> marked = new ArrayList<>();
    for (RecipientClaim claim :
        foundation
            .storage()
            .recipients()
            .markAttempting(ready.stream().map(Ready::claim).toList())) {
      Ready mail = mails.get(claim.recipient().id());
      if (mail != null) {
        marked.add(new Ready(claim, mail.mail(), mail.list()));
      }
    }
    return marked;
  }

  private Batch batch(AtWork job, List<Ready> marked) {
    EmailAddress inbox = job.standing().inbox().sender().address();
    return new Batch(
        foundation,
        job.way(),
        job.campaign().plan().doubt(),
        job.mayGoOn(),
        mail ->
            settings.namedReturns()
                ? RecipientTokens.returnAddress(inbox, mail.token()).or(() -> Optional.of(inbox))
                : Optional.of(inbox),
        marked);
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
