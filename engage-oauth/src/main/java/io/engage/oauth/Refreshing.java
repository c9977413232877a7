package io.engage.oauth;

import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Grant.IssuedToken;
import io.engage.model.inbox.Grant.Standing;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.PortFailure;
import io.engage.spi.TokenServerRefusal;
import io.engage.spi.TokenServerRefusal.Remedy;
import io.engage.spi.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account in access tokens. One thread of this process at a time is in here; one node at
 * a time asks the token server, because its right to ask stands in the store.
 *
 * <p>The refresh token that comes with an answer is stored before the access token is used. When
 * the process dies between the answer and the store, the new one is lost, which no client can
 * prevent: once the right to ask has ended, another node asks with the old one. Token servers that
 * do not rotate, or that allow the old one for a while, answer as ever; a strict one refuses, and
 * the account needs consent again.
 */
final class Refreshing {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);
  private static final Duration FIRST_REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofMinutes(15);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final int ROUNDS = 100;

  private final AccountId account;
  private final OAuthClient client;
  private final TokenStore store;
  private final TokenEndpoint endpoint;
  private final Duration patience;
  private final Clock clock;
  private final RandomGenerator random;
  private @Nullable Unsaved unsaved;
  private @Nullable Misregistered misregistered;

  /** A token that was got with {@code used} and could not be stored yet. */
  private record Unsaved(Secret used, Grant grant) {}

  /** What a token server said of us when it was asked with {@code used}. */
  private record Misregistered(Secret used, String reason) {}

  Refreshing(
      AccountId account,
      OAuthClient client,
      OAuthCredentials.Builder with,
      TokenEndpoint endpoint,
      TokenStore store) {
    this.account = account;
    this.client = client;
    this.store = store;
    this.endpoint = endpoint;
    this.patience = with.patience;
    this.clock = with.clock;
    this.random = with.random;
  }

  /**
   * @param refused what a mail server has just refused; null when there is none
   */
  IssuedToken token(@Nullable Secret refused) {
    long waitUntil = System.nanoTime() + patience.plus(SLACK).toNanos();
    for (int round = 0; round < ROUNDS || System.nanoTime() - waitUntil < 0; round++) {
      saveUnsaved();
      Grant grant = store.find(account).orElseThrow(this::neverConsented);
      NextStep step = NextStep.decide(grant, refused, clock.instant());
      if (step instanceof NextStep.Use use) {
        return use.token();
      } else if (step instanceof NextStep.Ask ask) {
        refuseWhenMisregistered(grant);
        ask(grant, ask, refused != null);
      } else if (step instanceof NextStep.Await) {
        await(waitUntil);
      } else if (step instanceof NextStep.ComeBack comeBack) {
        throw later(comeBack.reason() + "; it is asked again after " + comeBack.after());
      } else if (step instanceof NextStep.ConsentAgain again) {
        throw consentNeeded(again.reason());
      }
    }
    throw later("others keep changing what is stored of it");
  }

  private void ask(Grant grant, NextStep.Ask ask, boolean replacesRefused) {
    Instant now = clock.instant();
    Instant until = now.plus(patience).plus(SLACK);
    Grant asking = grant.withStanding(new Standing.Asking(until, ask.failures()));
    if (store.save(account, asking)) {
      Answer answer = endpoint.ask(client, grant.refreshToken());
      settle(asking.withVersion(asking.version() + 1), ask, answer, now, replacesRefused);
    }
  }

  private void settle(
      Grant asking, NextStep.Ask ask, Answer answer, Instant asked, boolean replacesRefused) {
    if (answer instanceof Answer.Issued issued) {
      Secret next = issued.refreshToken() == null ? asking.refreshToken() : issued.refreshToken();
      IssuedToken token =
          new IssuedToken(issued.accessToken(), asked, asked.plus(issued.life()), replacesRefused);
      unsaved = new Unsaved(asking.refreshToken(), asking.withIssued(next, token));
      saveUnsaved();
    } else if (answer instanceof Answer.Withdrawn withdrawn) {
      LOG.warn("Account '{}' needs consent again: {}", account, withdrawn.reason());
      String reason = withdrawn.reason() + (ask.takenOver() ? LOST : "");
      store.save(account, asking.withStanding(new Standing.Withdrawn(clock.instant(), reason)));
    } else if (answer instanceof Answer.Misregistered wrong) {
      misregistered = new Misregistered(asking.refreshToken(), wrong.reason());
      store.save(account, asking.withStanding(new Standing.Free()));
    } else if (answer instanceof Answer.Later later) {
      Instant until = clock.instant().plus(rest(ask.failures(), later.atLeast()));
      store.save(
          account,
          asking.withStanding(new Standing.Resting(until, ask.failures() + 1, later.reason())));
    }
  }

  private static final String LOST =
      "; a node ended while it was asking, so a new refresh token may have been lost";

  /**
   * Stores what was got, over whatever others did meanwhile, unless the refresh token that it was
   * got with is no longer the stored one: then there is a newer one.
   */
  private void saveUnsaved() {
    Unsaved mine = unsaved;
    for (int round = 0; mine != null && round < ROUNDS; round++) {
      if (store.save(account, mine.grant())) {
        unsaved = null;
        return;
      }
      Grant stored = store.find(account).orElse(null);
      boolean overtaken = stored == null || !stored.refreshToken().equals(mine.used());
      mine =
          stored == null || overtaken
              ? null
              : new Unsaved(mine.used(), mine.grant().withVersion(stored.version()));
      unsaved = mine;
    }
  }

  /** Longer each time, never shorter than asked for, and spread. */
  private Duration rest(int failures, Duration atLeast) {
    long doubled = FIRST_REST.toMillis() << Math.min(failures, 20);
    long bounded = Math.min(doubled, LONGEST_REST.toMillis());
    long own = bounded / 2 + random.nextLong(bounded / 2 + 1);
    long asked = atLeast.toMillis();
    return Duration.ofMillis(Math.max(own, asked + random.nextLong(asked / 10 + 1)));
  }

  private void await(long until) {
    if (System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted()) {
      throw later("another node is asking it just now");
    }
    LockSupport.parkNanos(POLL.toNanos());
  }

  /** Asking again with the same would bring the same; a new token may belong to a new client. */
  private void refuseWhenMisregistered(Grant grant) {
    Misregistered known = misregistered;
    if (known != null && known.used().equals(grant.refreshToken())) {
      throw new TokenServerRefusal(
          Remedy.CORRECT_CLIENT,
          "%s: %s. Correct client id, client secret and scopes of mail account '%s', then restart."
              .formatted(client.server(), known.reason(), account));
    }
  }

  PortFailure later(String reason) {
    return new PortFailure(
        "%s: %s. Mail account '%s' gets no access token now; try again later."
            .formatted(client.server(), reason, account),
        true);
  }

  private TokenServerRefusal neverConsented() {
    return consentNeeded("it has no refresh token yet");
  }

  private TokenServerRefusal consentNeeded(String reason) {
    return new TokenServerRefusal(
        Remedy.CONSENT_AGAIN,
        "%s: %s. Let the owner of mail account '%s' consent again, and store the new refresh token."
            .formatted(client.server(), reason, account));
  }
}
