package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.Batch.Ready;
import io.engage.dialer.dialing.Dialing;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.dialer.pacing.Hours;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.MailAccount;
import io.engage.model.message.OutboundAttachment;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.spi.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Patience patience;
  private final PaceBook paces;
  private final boolean namedReturns;
  private final RowFiles files;
  private final Suppressing suppressing;
  private final DomainQueues queues = new DomainQueues();

  GroupSending(Foundation foundation, Patience patience, PaceBook paces, boolean namedReturns) {
    this.foundation = foundation;
    this.patience = patience;
    this.paces = paces;
    this.namedReturns = namedReturns;
    this.files = new RowFiles(foundation);
    this.suppressing = new Suppressing(foundation);
  }

  /**
   * On what, and through what, a group is sent.
   *
   * @param mayGoOn asked before each mail
   * @param tally what came of it
   */
  record Job(
      Standing standing,
      Map<ListId, ListMails> lists,
      MailAccount account,
      Way way,
      Line line,
      BooleanSupplier mayGoOn,
      Tally tally) {
    Campaign campaign() {
      return standing.campaign();
    }
  }

  /** Marked claims, and the connection on which they go. */
  private record Begun(TransportSession session, Batch batch) {}

  /**
   * What was not begun when it fails waits a while, so that those behind have their turn.
   *
   * @param until the last moment at which it is tried to keep what became of them
   */
  void send(Job job, List<RecipientClaim> claims, Instant until) {
    boolean done = false;
    try {
      sendThose(job, claims, until);
      done = true;
    } finally {
      if (!done) {
        release(job.campaign(), claims, now().plus(A_WHILE));
      }
    }
  }

  private void sendThose(Job job, List<RecipientClaim> claims, Instant until) {
    Optional<TransportSession> session = opened(job, claims);
    if (session.isEmpty()) {
      return;
    }
    List<RecipientSettlement> settled = new ArrayList<>();
    List<RecipientClaim> wanted = sift(job, claims, settled);
    List<Ready> ready = withinDomains(job, rendered(job, wanted, settled));
    Optional<Begun> attempt =
        ready.isEmpty() ? Optional.empty() : Optional.of(begin(job, session.get(), ready));
    try {
      attempt.ifPresent(each -> handOver(job, each));
    } finally {
      attempt.ifPresent(each -> settled.addAll(each.batch().settlements()));
      if (!settled.isEmpty()) {
        job.tally().gotFurther();
      }
      settle(settled, until);
    }
    attempt.ifPresent(each -> suppress(job, each.batch().unknown(), until));
  }

  /**
   * The connection stands before the group is marked, so a dead server leaves nothing in doubt; and
   * before it is looked at who wants no mail, for a server may take its time.
   */
  private Optional<TransportSession> opened(Job job, List<RecipientClaim> claims) {
    Optional<TransportSession> session = job.line().open(job.account(), job.way());
    if (session.isEmpty()) {
      Instant soon = now().plus(SHORT);
      Instant next = job.way().next().isAfter(soon) ? job.way().next() : soon;
      release(job.campaign(), claims, next);
      job.tally().waits(next);
    }
    return session;
  }

  /** Those who may be written to now. */
  private List<RecipientClaim> sift(
      Job job, List<RecipientClaim> claims, List<RecipientSettlement> settled) {
    Instant now = now();
    Set<EmailAddress> suppressed =
        foundation.suppressed(
            claims.stream().flatMap(each -> address(each.recipient()).stream()).toList(),
            Suppressing.SCOPE);
    List<RecipientClaim> wanted = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      if (claim.interrupted() && job.campaign().plan().doubt() == Doubt.NEVER_TWICE) {
        settled.add(Dialing.interrupted(claim, now));
      } else if (hasMissed(job.standing(), claim.recipient(), now)) {
        settled.add(Dialing.failed(claim, expired(), now));
      } else if (address(claim.recipient()).filter(suppressed::contains).isPresent()) {
        settled.add(
            Dialing.failed(
                claim, RecipientOutcome.of(Why.SUPPRESSED, "They want no more such mail"), now));
      } else {
        wanted.add(claim);
      }
    }
    return wanted;
  }

  /** Whether a window has closed over somebody since their turn could have come. */
  static boolean hasMissed(Standing standing, Recipient recipient, Instant now) {
    Instant due =
        Stream.concat(
                Stream.of(recipient.state().notBefore()),
                Stream.concat(
                    Stream.ofNullable(standing.campaign().state().changedAt()),
                    standing.find(recipient.id().list()).map(CampaignList::importedAt).stream()))
            .max(Instant::compareTo)
            .orElse(now);
    return Hours.haveMissed(standing.campaign().plan(), due, now);
  }

  static RecipientOutcome expired() {
    return RecipientOutcome.of(Why.EXPIRED, "Their turn did not come in time");
  }

  private List<Ready> rendered(
      Job job, List<RecipientClaim> claims, List<RecipientSettlement> settled) {
    Instant now = now();
    Map<String, OutboundAttachment> named =
        files.of(job.campaign(), claims.stream().map(RecipientClaim::recipient).toList());
    List<Ready> ready = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      Recipient recipient = claim.recipient();
      ListMails mails = job.lists().get(recipient.id().list());
      RenderedMail mail =
          RowRendering.decide(mails == null ? null : mails.form(), recipient, named, now);
      if (mails != null && mail instanceof RenderedMail.Complete complete) {
        ready.add(new Ready(claim, complete, mails));
      } else if (mail instanceof RenderedMail.Unsendable unsendable) {
        settled.add(Dialing.failed(claim, unsendable.outcome(), now));
      }
    }
    return ready;
  }

  /** Those of a domain that has had its share wait for it, and hold up no other. */
  private List<Ready> withinDomains(Job job, List<Ready> ready) {
    Map<String, List<Ready>> domains =
        ready.stream()
            .collect(
                Collectors.groupingBy(
                    each -> domain(each.mail()), LinkedHashMap::new, Collectors.toList()));
    Map<RecipientId, Ready> go = new LinkedHashMap<>();
    domains.forEach(
        (domain, mails) -> {
          int wanted = Math.min(mails.size(), job.tally().left() - go.size());
          int granted =
              wanted == 0 ? 0 : paces.takeForDomain(job.campaign(), domain, wanted).mails();
          mails.stream()
              .limit(granted)
              .forEach(each -> go.put(each.claim().recipient().id(), each));
          List<RecipientClaim> held = mails.stream().skip(granted).map(Ready::claim).toList();
          if (granted < wanted) {
            holdBack(job, domain, held);
          } else {
            release(job.campaign(), held, now());
          }
        });
    return ready.stream().filter(each -> go.containsKey(each.claim().recipient().id())).toList();
  }

  private void holdBack(Job job, String domain, List<RecipientClaim> held) {
    job.tally().gotFurther();
    queues
        .add(job.campaign(), domain, held, now())
        .forEach((turn, claims) -> release(job.campaign(), claims, turn));
  }

  private static String domain(RenderedMail.Complete mail) {
    return mail.message().to().get(0).address().domain();
  }

  private Begun begin(Job job, TransportSession session, List<Ready> ready) {
    job.tally().gotFurther();
    return new Begun(session, batch(job, marked(ready)));
  }

  /** Whatever ends it, an error too, costs nothing of what is known by then. */
  private static void handOver(Job job, Begun begun) {
    Batch batch = begun.batch();
    try {
      begun.session().sendAll(batch, batch::told);
    } catch (RuntimeException broken) {
      LOG.warn(
          "A connection of mail account '{}' broke off: {}",
          job.account().id(),
          broken.getClass().getName());
      job.line().close();
    } finally {
      job.tally().went(batch.handedOver());
      batch.broken();
    }
  }

  private void suppress(Job job, List<RecipientClaim> unknown, Instant until) {
    List<Suppressing.Wish> wishes =
        unknown.stream()
            .map(each -> new Suppressing.Wish(each.recipient(), job.campaign(), "no such address"))
            .toList();
    patience.keep(
        until,
        () -> {
          suppressing.suppress(wishes, Actor.DIALER);
          return wishes.size();
        });
  }

  private List<Ready> marked(List<Ready> ready) {
    Map<RecipientId, Ready> mails = new HashMap<>();
    ready.forEach(each -> mails.put(each.claim().recipient().id(), each));
    List<Ready> marked = new ArrayList<>();
    for (RecipientClaim claim :
        recipients().markAttempting(ready.stream().map(Ready::claim).toList())) {
      Ready mail = mails.get(claim.recipient().id());
      if (mail != null) {
        marked.add(new Ready(claim, mail.mail(), mail.list()));
      }
    }
    return marked;
  }

  private Batch batch(Job job, List<Ready> marked) {
    EmailAddress inbox = job.standing().inbox().sender().address();
    return new Batch(
        foundation,
        job.way(),
        job.campaign().plan().doubt(),
        job.mayGoOn(),
        mail ->
            namedReturns
                ? RecipientTokens.returnAddress(inbox, mail.token()).or(() -> Optional.of(inbox))
                : Optional.of(inbox),
        marked);
  }

  /** What is known about mails that went out is worth some patience with the store. */
  void settle(List<RecipientSettlement> settled, Instant until) {
    if (!settled.isEmpty()) {
      noteLate(patience.keep(until, () -> recipients().settle(settled)));
    }
  }

  /** Whoever was overtaken knows more than whoever overtook it: that one saw no end. */
  private void noteLate(List<RecipientSettlement> passedOver) {
    List<RecipientNote> notes = passedOver.stream().flatMap(each -> note(each).stream()).toList();
    if (!notes.isEmpty()) {
      LOG.warn("{} recipients were worked on past the end of their lease", notes.size());
      recipients().note(notes);
    }
  }

  private static Optional<RecipientNote> note(RecipientSettlement late) {
    if (late.status() == RecipientStatus.SENT) {
      return Optional.of(RecipientNote.of(late.recipient(), RecipientNote.Kind.ARRIVED, late.at()));
    }
    return late.status() == RecipientStatus.REJECTED
        ? Optional.of(RecipientNote.rejected(late.recipient(), late.outcome(), late.at()))
        : Optional.empty();
  }

  /** Whoever was interrupted before is not just given back: an earlier mail may have arrived. */
  void release(Campaign campaign, Collection<RecipientClaim> claims, Instant until) {
    Map<Boolean, List<RecipientClaim>> interrupted =
        claims.stream().collect(Collectors.partitioningBy(RecipientClaim::interrupted));
    List<RecipientClaim> fresh = interrupted.getOrDefault(false, List.of());
    if (!fresh.isEmpty()) {
      recipients().release(fresh, until);
    }
    List<RecipientSettlement> heldBack =
        interrupted.getOrDefault(true, List.of()).stream()
            .map(each -> Dialing.heldBack(each, campaign.plan().doubt(), now(), until))
            .toList();
    if (!heldBack.isEmpty()) {
      recipients().settle(heldBack);
    }
  }

  private static Optional<EmailAddress> address(Recipient recipient) {
    return EmailAddress.parse(recipient.address());
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
