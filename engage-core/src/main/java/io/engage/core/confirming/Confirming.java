package io.engage.core.confirming;

import io.engage.model.message.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a mail may be answered by itself. Three walls stand behind each other, so that
 * neither a loop nor an attacker gets through a gap in one: what the mail says of itself (RFC
 * 3834), who vouches for its sender, and budgets that need no header at all.
 */
public final class Confirming {
  /** One answer a correspondent in this time. */
  public static final Duration WINDOW = Duration.ofDays(1);

  /** For so long whoever wrote a mail waits for its confirmation. */
  static final Duration AWAITED = Duration.ofDays(1);

  /** Answers a domain in a day, when our server has verified its senders. */
  static final int MOST_FOR_VERIFIED_DOMAIN = 1000;

  /** Answers a domain in a day, when they are only known contacts by what From says. */
  static final int MOST_FOR_DOMAIN = 100;

  /** What Postfix allows; a mail that has come this far is going round. */
  static final int MOST_HOPS = 50;

  private Confirming() {}

  /** Why it is not answered; empty when it is. */
  public static Optional<String> decide(Candidate mail, Instant now) {
    return byItsForm(mail)
        .or(() -> byItsAge(mail, now))
        .or(() -> bySender(mail))
        .or(() -> byBudget(mail, now));
  }

  private static Optional<String> byItsForm(Candidate mail) {
    if (mail.notByItsForm() != null) {
      return Optional.of(mail.notByItsForm());
    }
    if (mail.fromOurselves()) {
      return Optional.of("it comes from one of our own inboxes, or its answers go there");
    }
    if (mail.hops() >= MOST_HOPS) {
      return Optional.of("it has passed %d servers, so it goes round".formatted(mail.hops()));
    }
    return mail.answered()
        ? Optional.of("it, or another copy of it, has been answered")
        : Optional.empty();
  }

  /** Servers give mail that was moved there a new date of arrival; its own date stays. */
  private static Optional<String> byItsAge(Candidate mail, Instant now) {
    if (isFromBefore(mail.since(), mail)) {
      return Optional.of("it is from before %s, when answers began".formatted(mail.since()));
    }
    return isFromBefore(now.minus(AWAITED), mail)
        ? Optional.of("it came more than a day ago; nobody waits for it")
        : Optional.empty();
  }

  private static boolean isFromBefore(Instant moment, Candidate mail) {
    return mail.receivedAt().isBefore(moment)
        || (mail.writtenAt() != null && mail.writtenAt().isBefore(moment));
  }

  private static Optional<String> bySender(Candidate mail) {
    if (mail.trust() == TrustLevel.SUSPICIOUS) {
      return Optional.of("its sender may be forged");
    }
    return mail.trust() == TrustLevel.VERIFIED || mail.knownContact()
        ? Optional.empty()
        : Optional.of(
            "nobody vouches for its sender: our mail server did not verify them, and the directory"
                + " does not know them");
  }

  private static Optional<String> byBudget(Candidate mail, Instant now) {
    Instant start = now.minus(WINDOW);
    if (mail.ofSender().answersAfter(start) > 0) {
      return Optional.of("its sender has had an automatic answer within a day");
    }
    int most = mail.trust() == TrustLevel.VERIFIED ? MOST_FOR_VERIFIED_DOMAIN : MOST_FOR_DOMAIN;
    return mail.ofDomain().answersAfter(start) >= most
        ? Optional.of("%d automatic answers went to its domain within a day".formatted(most))
        : Optional.empty();
  }
}
