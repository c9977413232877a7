package io.engage.oauth;

import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Grant.IssuedToken;
import io.engage.model.inbox.Grant.Standing;
import io.engage.model.inbox.Secret;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What to do about a grant: use its token, ask for another, wait for who asks, or give up. */
sealed interface NextStep {

  record Use(IssuedToken token) implements NextStep {}

  /**
   * @param failures how many times in a row nothing came of it
   * @param takenOver whether somebody asked before us and was never heard of again
   */
  record Ask(int failures, boolean takenOver) implements NextStep {}

  record Await() implements NextStep {}

  record ComeBack(Instant after, String reason) implements NextStep {}

  record ConsentAgain(String reason) implements NextStep {}

  /** A token is not used any more when it ends so soon. */
  Duration MARGIN = Duration.ofMinutes(2);

  /** A token that took the place of a refused one and is refused too will not be bettered soon. */
  Duration BETWEEN_RENEWALS = Duration.ofMinutes(15);

  /**
   * @param refused the token that a mail server has just refused; null when there is none
   */
  static NextStep decide(Grant grant, @Nullable Secret refused, Instant now) {
    IssuedToken token = grant.issued();
    boolean isRefused = token != null && token.token().equals(refused);
    if (token != null && (isRefused ? isTooYoungToRenew(token, now) : isFresh(token, now))) {
      return new Use(token);
    }
    boolean stillGood = token != null && !isRefused && token.isGoodAt(now);
    NextStep step = step(grant.standing(), now);
    return token != null && stillGood && !(step instanceof Ask) ? new Use(token) : step;
  }

  private static NextStep step(Standing standing, Instant now) {
    if (standing instanceof Standing.Withdrawn withdrawn) {
      return new ConsentAgain(withdrawn.reason());
    }
    if (standing instanceof Standing.Resting resting) {
      return now.isBefore(resting.until())
          ? new ComeBack(resting.until(), resting.reason())
          : new Ask(resting.failures(), false);
    }
    if (standing instanceof Standing.Asking asking) {
      return now.isBefore(asking.until()) ? new Await() : new Ask(asking.failures(), true);
    }
    return new Ask(0, false);
  }

  private static boolean isTooYoungToRenew(IssuedToken token, Instant now) {
    return token.replacesRefused() && now.isBefore(token.issuedAt().plus(BETWEEN_RENEWALS));
  }

  private static boolean isFresh(IssuedToken token, Instant now) {
    Duration half = Duration.between(token.issuedAt(), token.endsAt()).dividedBy(2);
    return token.isGoodAt(now.plus(half.compareTo(MARGIN) < 0 ? half : MARGIN));
  }
}
