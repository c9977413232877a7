package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers how each account fares, and tells once when one has been silent for too long. */
final class HealthBook {
  private static final Logger LOG = LoggerFactory.getLogger(HealthBook.class);

  private final Committing committing;
  private final Clock clock;
  private final Duration silentAfter;
  private final Map<AccountId, AccountHealth> pages = new ConcurrentHashMap<>();

  HealthBook(Committing committing, Clock clock, Duration silentAfter) {
    this.committing = committing;
    this.clock = clock;
    this.silentAfter = silentAfter;
  }

  AccountHealth of(AccountId account) {
    return pages.getOrDefault(account, AccountHealth.unknown(account));
  }

  void succeeded(AccountId account) {
    AccountHealth before = of(account);
    pages.put(account, before.good(clock.instant()));
    if (before.silent()) {
      tell(new AuditFact.MailboxRecovered(account));
    }
  }

  void failed(AccountId account, Throwable failure) {
    Instant now = clock.instant();
    AccountHealth health = of(account).bad(now, Failures.inWords(failure));
    Instant since = health.lastGoodSync() == null ? health.failingSince() : health.lastGoodSync();
    if (since != null && !health.silent() && !now.isBefore(since.plus(silentAfter))) {
      pages.put(account, health.told());
      tell(new AuditFact.MailboxSilent(account, since, health.reason()));
    } else {
      pages.put(account, health);
    }
  }

  /** Whoever cannot be told now finds it in the health of the account. */
  private void tell(AuditFact fact) {
    try {
      committing.commit(
          InboxChange.builder()
              .audit(committing.stamp(Actor.RECEIVING, AuditSubject.NONE, fact))
              .build());
    } catch (RuntimeException storageIsDownToo) {
      LOG.warn("The health of an account could not be recorded", storageIsDownToo);
    }
  }
}
