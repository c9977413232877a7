package io.engage.core;

import io.engage.model.audit.AuditFact;
import io.engage.model.mailbox.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one account, and what has been told of it.
 *
 * @param quietSince since when nothing good was heard; null when nobody has looked yet
 * @param silenceTold whether the listener knows that it is silent
 * @param consentTold whether the listener knows that consent is needed
 */
record HealthPage(
    AccountId account,
    @Nullable Instant lastGoodSync,
    @Nullable Instant quietSince,
    @Nullable Instant failingSince,
    int failures,
    String reason,
    boolean needsConsent,
    boolean silenceTold,
    boolean consentTold) {

  static HealthPage empty(AccountId account) {
    return new HealthPage(account, null, null, null, 0, "", false, false, false);
  }

  /** Somebody is about to look. */
  HealthPage begun(Instant now) {
    return quietSince == null ? heard(now) : this;
  }

  /** Something was taken over, or another node looks after it. */
  HealthPage heard(Instant now) {
    return new HealthPage(
        account,
        lastGoodSync,
        now,
        failingSince,
        failures,
        reason,
        needsConsent,
        silenceTold,
        consentTold);
  }

  HealthPage good(Instant now) {
    return new HealthPage(account, now, now, null, 0, "", false, silenceTold, false);
  }

  HealthPage bad(Instant now, String why, boolean consent) {
    return new HealthPage(
        account,
        lastGoodSync,
        quietSince == null ? now : quietSince,
        failingSince == null ? now : failingSince,
        failures + 1,
        why,
        consent,
        silenceTold,
        consentTold && consent);
  }

  HealthPage told(AuditFact fact) {
    boolean consent = fact instanceof AuditFact.ConsentNeeded;
    return new HealthPage(
        account,
        lastGoodSync,
        quietSince,
        failingSince,
        failures,
        reason,
        needsConsent,
        consent ? silenceTold : fact instanceof AuditFact.MailboxSilent,
        consent || consentTold);
  }

  /** What the listener does not know yet. */
  Optional<AuditFact> decide(Instant now, Duration silentAfter) {
    if (needsConsent && !consentTold) {
      return Optional.of(new AuditFact.ConsentNeeded(account, reason));
    }
    boolean silent = quietSince != null && !now.isBefore(quietSince.plus(silentAfter));
    if (silent == silenceTold || quietSince == null) {
      return Optional.empty();
    }
    String why = reason.isEmpty() ? "nobody has looked, or a look has come to no end" : reason;
    return Optional.of(
        silent
            ? new AuditFact.MailboxSilent(account, quietSince, why)
            : new AuditFact.MailboxRecovered(account));
  }

  AccountHealth at(Instant now) {
    Instant since = lastGoodSync == null ? quietSince : lastGoodSync;
    return new AccountHealth(
        account,
        lastGoodSync,
        since == null || now.isBefore(since) ? Duration.ZERO : Duration.between(since, now),
        failingSince,
        failures,
        reason,
        silenceTold,
        needsConsent);
  }
}
