package io.engage.oauth;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Credential.AccessToken;
import io.engage.model.inbox.Grant;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.spi.NotFound;
import io.engage.spi.StaleVersion;
import io.engage.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives access tokens that it gets with stored refresh tokens (RFC 6749 section 6).
 *
 * <pre>{@code
 * OAuthCredentials credentials =
 *     OAuthCredentials.builder(tokenStore)
 *         .account(shop, OAuthClient.google(clientId, clientSecret))
 *         .otherwise(passwords)
 *         .build();
 * credentials.consented(shop, refreshToken);   // once, after the owner has consented
 * ImapMail mail = ImapMail.create(credentials);
 * }</pre>
 *
 * <p>Thread-safe; any number of these, on any number of nodes, may work on one {@link TokenStore}.
 * An access token is kept in the store until shortly before it ends, so all nodes share it. A
 * refresh token that the server rotates is stored before the new access token is used. One node at
 * a time asks; the others wait for its answer, finitely.
 *
 * <p>When the server cannot be asked, it is left alone for longer each time, and for as long as it
 * asks itself; calls meanwhile fail as retryable. When it takes the refresh token no more, it is
 * not asked again before {@link #consented}: calls fail with {@link
 * io.engage.spi.TokenServerRefusal}, at once. A client that it does not accept is told likewise
 * until a process starts that is configured better.
 */
public final class OAuthCredentials implements Credentials {
  private static final int ATTEMPTS = 100;

  private final TokenStore store;
  private final @Nullable Credentials others;
  private final Duration patience;
  private final Map<AccountId, Seat> seats = new HashMap<>();

  /** One thread at a time looks after an account. */
  private record Seat(ReentrantLock lock, Refreshing refreshing) {}

  private OAuthCredentials(Builder builder) {
    this.store = builder.store;
    this.others = builder.others;
    this.patience = builder.patience;
    TokenEndpoint endpoint =
        new TokenEndpoint(builder.connect, builder.patience, builder.clock, builder.tls);
    builder.clients.forEach(
        (account, client) ->
            seats.put(
                account,
                new Seat(
                    new ReentrantLock(),
                    new Refreshing(account, client, builder, endpoint, store))));
  }

  /** Over the store that keeps the refresh tokens of all accounts. */
  public static Builder builder(TokenStore store) {
    return new Builder(requireNonNull(store, "store"));
  }

  @Override
  public Credential current(AccountId account) {
    Seat seat = seats.get(account);
    return seat == null ? othersFor(account).current(account) : token(seat, null);
  }

  @Override
  public Credential renewed(AccountId account, Credential refused) {
    Seat seat = seats.get(account);
    if (seat == null) {
      return othersFor(account).renewed(account, refused);
    }
    return token(seat, refused instanceof AccessToken token ? token.secret() : null);
  }

  /**
   * The owner of an account has consented, or consented again: this refresh token is used from now
   * on. When this returns, it is stored.
   *
   * @throws NotFound when the account is not one with OAuth 2.0 here
   */
  public void consented(AccountId account, Secret refreshToken) {
    if (!seats.containsKey(account)) {
      throw new NotFound("mail account with OAuth 2.0", account.value());
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Grant next =
          store
              .find(account)
              .map(known -> known.consentedAgain(refreshToken))
              .orElseGet(() -> Grant.of(refreshToken));
      if (store.save(account, next)) {
        return;
      }
    }
    throw new StaleVersion("grant of mail account", account.value());
  }

  private Credential token(Seat seat, @Nullable Secret refused) {
    boolean mine = false;
    try {
      mine = seat.lock().tryLock(patience.toMillis() * 2, TimeUnit.MILLISECONDS);
      if (!mine) {
        throw seat.refreshing().later("another thread is still asking it");
      }
      return new AccessToken(seat.refreshing().token(refused).token());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw seat.refreshing().later("this process stopped waiting for it");
    } finally {
      if (mine) {
        seat.lock().unlock();
      }
    }
  }

  private Credentials othersFor(AccountId account) {
    if (others == null) {
      throw new NotFound("mail account", account.value());
    }
    return others;
  }

  /** Takes accounts and limits. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final TokenStore store;
    private final Map<AccountId, OAuthClient> clients = new HashMap<>();
    private @Nullable Credentials others;
    private @Nullable SSLContext tls;
    private Duration connect = Duration.ofSeconds(10);
    Duration patience = Duration.ofSeconds(30);
    Clock clock = Clock.systemUTC();
    RandomGenerator random = new SecureRandom();

    private Builder(TokenStore store) {
      this.store = store;
    }

    /** An account, and how we are registered with its token server. */
    public Builder account(AccountId account, OAuthClient client) {
      clients.put(requireNonNull(account, "account"), requireNonNull(client, "client"));
      return this;
    }

    /** Who is asked for the accounts that have no token server, such as those with passwords. */
    public Builder otherwise(Credentials credentials) {
      this.others = requireNonNull(credentials, "credentials");
      return this;
    }

    /**
     * How long connecting and a whole answer may take; 10 and 30 seconds when not given, 5 minutes
     * at most.
     */
    public Builder timeouts(Duration connecting, Duration wholeAnswer) {
      this.connect = finite(connecting);
      this.patience = finite(wholeAnswer);
      return this;
    }

    /** Whom to trust, for a token server with an authority of its own. */
    public Builder tls(SSLContext context) {
      this.tls = requireNonNull(context, "context");
      return this;
    }

    /** What time it is; the system's clock when not given. All nodes have to agree roughly. */
    public Builder clock(Clock source) {
      this.clock = requireNonNull(source, "source");
      return this;
    }

    /** What spreads the retries of many nodes; a secure random when not given. */
    public Builder random(RandomGenerator source) {
      this.random = requireNonNull(source, "source");
      return this;
    }

    public OAuthCredentials build() {
      return new OAuthCredentials(this);
    }

    private static Duration finite(Duration time) {
      if (time.toMillis() <= 0 || time.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "A time limit for token servers has to be from 1 millisecond to 5 minutes, but is "
                + time);
      }
      return time;
    }
  }
}
