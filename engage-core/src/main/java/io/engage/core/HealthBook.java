package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Leases;
import io.engage.spi.Leases.Lease;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.TokenServerRefusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how each account fares, and tells once, by the clock, when one has been silent for too
 * long, whether its looks fail, hang, or do not happen. What cannot be stored now is told by the
 * next check. Of several nodes that find the same silence, the one that gets its lease tells.
 */
final class HealthBook {
  /** What else an account is used for; of that only a refusal of its token is told. */
  enum Use {
    SENDING,
    ERRANDS
  }

  private record Login(AccountId account, Use use) {}

  private static final Logger LOG = LoggerFactory.getLogger(HealthBook.class);

  private final Committing committing;
  private final Leases leases;
  private final String owner;
  private final Clock clock;
  private final Duration silentAfter;
  private final ReentrantLock telling = new ReentrantLock();
  private final Map<AccountId, HealthPage> pages = new ConcurrentHashMap<>();
  private final Map<Login, HealthPage> logins = new ConcurrentHashMap<>();
  private final Map<AccountId, Lease> silences = new ConcurrentHashMap<>();

  HealthBook(
      Committing committing, Leases leases, String owner, Clock clock, Duration silentAfter) {
    this.committing = committing;
    this.leases = leases;
    this.owner = owner;
    this.clock = clock;
    this.silentAfter = silentAfter;
  }

  AccountHealth of(AccountId account) {
    AccountHealth mailbox =
        pages.getOrDefault(account, HealthPage.empty(account)).at(clock.instant());
    return Stream.of(Use.values())
        .flatMap(use -> Stream.ofNullable(logins.get(new Login(account, use))))
        .findFirst()
        .map(refused -> mailbox.needingConsent(refused.reason()))
        .orElse(mailbox);
  }

  /** Its server let us in, for something else than a look for new mail. */
  void wentWell(AccountId account, Use use) {
    logins.remove(new Login(account, use));
  }

  /** Apart from how its mailbox fares: a good look there says nothing of the other server. */
  void wentWrong(AccountId account, Use use, Throwable failure) {
    if (!needsConsent(failure)) {
      return;
    }
    Login login = new Login(account, use);
    HealthPage before = logins.getOrDefault(login, HealthPage.empty(account));
    boolean known = before.consentTold() || isToldOf(account);
    HealthPage page = before.bad(clock.instant(), Failures.inWords(failure), true);
    logins.put(login, page);
    if (!known) {
      tellOf(login, page);
    }
  }

  private boolean isToldOf(AccountId account) {
    return pages.getOrDefault(account, HealthPage.empty(account)).consentTold()
        || Stream.of(Use.values())
            .flatMap(use -> Stream.ofNullable(logins.get(new Login(account, use))))
            .anyMatch(HealthPage::consentTold);
  }

  private void tellOf(Login login, HealthPage page) {
    AuditFact fact = new AuditFact.ConsentNeeded(login.account(), page.reason());
    try {
      tell(Actor.OUTBOX, fact);
      logins.computeIfPresent(login, (any, now) -> now.told(fact));
    } catch (RuntimeException storageIsDownToo) {
      LOG.warn("A refused login of account '{}' could not be recorded", login.account());
    }
  }

  /** From now on something is expected of it. */
  void expected(AccountId account) {
    turn(account, page -> page.begun(clock.instant()));
  }

  /** A batch was taken over: a long import is not silence. */
  void advanced(AccountId account) {
    turn(account, page -> page.heard(clock.instant()));
  }

  /** Another node looks after it, and tells what there is to tell. */
  void lookedAfterElsewhere(AccountId account) {
    turn(account, page -> HealthPage.empty(account).heard(clock.instant()));
    giveBack(account);
  }

  /** Nobody looks after it any more, here or elsewhere. */
  void forget(AccountId account) {
    pages.remove(account);
    giveBack(account);
  }

  void succeeded(AccountId account) {
    turn(account, page -> page.good(clock.instant()));
    check(account);
  }

  void failed(AccountId account, Throwable failure) {
    String why = Failures.inWords(failure);
    turn(account, page -> page.bad(clock.instant(), why, needsConsent(failure)));
    check(account);
  }

  /** Tells what is to be told; to be called every now and then. */
  void check() {
    pages.keySet().forEach(this::check);
  }

  /** Whoever finds another at it leaves it to that one, or to the next check. */
  private void check(AccountId account) {
    if (!telling.tryLock()) {
      return;
    }
    try {
      for (Optional<AuditFact> next = next(account); next.isPresent(); next = next(account)) {
        AuditFact fact = next.get();
        if (!(fact instanceof AuditFact.MailboxSilent) || isOurs(account)) {
          tell(Actor.RECEIVING, fact);
        }
        turn(account, page -> page.told(fact));
        if (fact instanceof AuditFact.MailboxRecovered) {
          giveBack(account);
        }
      }
      if (silences.containsKey(account)) {
        isOurs(account);
      }
    } catch (RuntimeException storageIsDownToo) {
      LOG.warn(
          "The health of account '{}' could not be recorded",
          account,
          LoggedFailure.of(storageIsDownToo));
    } finally {
      telling.unlock();
    }
  }

  private Optional<AuditFact> next(AccountId account) {
    return pages
        .getOrDefault(account, HealthPage.empty(account))
        .decide(clock.instant(), silentAfter);
  }

  /** The lease lasts while this node finds it silent, and no longer when the node is gone. */
  private boolean isOurs(AccountId account) {
    Instant now = clock.instant();
    Optional<Lease> lease =
        leases.acquire("silence:" + account.value(), owner, now, now.plus(silentAfter));
    lease.ifPresent(ours -> silences.put(account, ours));
    return lease.isPresent();
  }

  private void giveBack(AccountId account) {
    Lease lease = silences.remove(account);
    if (lease != null) {
      try {
        leases.release(lease);
      } catch (RuntimeException itEndsByItself) {
        LOG.debug("The lease on the silence of account '{}' could not be given back", account);
      }
    }
  }

  private void turn(AccountId account, UnaryOperator<HealthPage> change) {
    pages.compute(
        account, (id, page) -> change.apply(page == null ? HealthPage.empty(account) : page));
  }

  private void tell(Actor actor, AuditFact fact) {
    committing.commit(
        InboxChange.builder().audit(committing.stamp(actor, AuditSubject.NONE, fact)).build());
  }

  private static boolean needsConsent(Throwable failure) {
    if (failure instanceof TokenServerRefusal refusal) {
      return refusal.remedy() == TokenServerRefusal.Remedy.CONSENT_AGAIN;
    }
    return failure instanceof MailAccessFailure access
        && access.reason() == MailAccessFailure.Reason.TOKEN_REFUSED;
  }
}
