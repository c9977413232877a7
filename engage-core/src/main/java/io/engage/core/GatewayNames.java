package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey.Kind;
import io.engage.model.sms.SmsArrival;
import io.engage.model.sms.SmsDispatch;
import io.engage.spi.StaleVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Forgets what gateways called texts that are here no more, or never were: it is kept for as long
 * as a gateway may repeat a text, or report on one that we are just sending.
 */
final class GatewayNames {
  /** No gateway tries for longer. */
  static final Duration REPEATED_WITHIN = Duration.ofDays(7);

  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
  private static final int AT_ONCE = 500;

  private final Parts parts;
  private final AtomicReference<Instant> nextLook = new AtomicReference<>(Instant.MIN);

  GatewayNames(Parts parts) {
    this.parts = parts;
  }

  /** Forgets what can be forgotten now, unless it was looked at within the hour. */
  void finish() {
    Instant now = parts.clock().instant();
    Instant due = nextLook.get();
    if (!now.isBefore(due) && nextLook.compareAndSet(due, now.plus(BETWEEN_LOOKS))) {
      forget(Kind.SMS_ARRIVAL, now.minus(REPEATED_WITHIN));
      forget(Kind.SMS_DISPATCH, now.minus(REPEATED_WITHIN));
    }
  }

  /** Those of nobody's: what belongs to a message goes with it. */
  private void forget(Kind kind, Instant before) {
    String last = "";
    List<Document> some;
    do {
      some = parts.storage().documents().ofOwner(kind, "", last, AT_ONCE);
      List<Document> old = some.stream().filter(each -> at(each).isBefore(before)).toList();
      if (!old.isEmpty()) {
        forget(old);
      }
      last = some.isEmpty() ? last : some.get(some.size() - 1).key().id();
    } while (some.size() == AT_ONCE);
  }

  /** Who is at it at the same moment, or has just found the message, is faster: then it stays. */
  private void forget(List<Document> old) {
    InboxChange.Builder change = InboxChange.builder();
    old.forEach(change::drop);
    AuditFact fact = new AuditFact.GatewayNamesForgotten(old.size());
    try {
      parts
          .committing()
          .commit(
              change
                  .audit(parts.committing().stamp(Actor.PRIVACY, AuditSubject.NONE, fact))
                  .build());
    } catch (StaleVersion changedMeanwhile) {
      nextLook.set(Instant.MIN);
    }
  }

  private static Instant at(Document document) {
    return document instanceof SmsArrival arrival
        ? arrival.at()
        : ((SmsDispatch) document).firstHeardAt();
  }
}
