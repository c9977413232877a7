package io.engage.imap.connecting;

import static java.util.Objects.requireNonNull;

import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/** How connections are made: credentials, time limits, and whom TLS trusts for which account. */
public final class Connecting {
  private final Login login;
  private final Mechanisms mechanisms = new Mechanisms();
  private final Timeouts timeouts;
  private final Map<AccountId, SSLSocketFactory> trust;
  private final Watchdog watchdog = new Watchdog();

  /**
   * @param trust for accounts that trust more than Java does
   */
  public Connecting(
      Credentials credentials, Timeouts timeouts, Map<AccountId, SSLSocketFactory> trust) {
    this.login = new Login(requireNonNull(credentials, "credentials"));
    this.timeouts = requireNonNull(timeouts, "timeouts");
    this.trust = Map.copyOf(trust);
  }

  public Login login() {
    return login;
  }

  public Mechanisms mechanisms() {
    return mechanisms;
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  /** For one connection. */
  public Wire wire(AccountId account) {
    SSLSocketFactory tls = trust.get(account);
    return new Wire(timeouts, watchdog, tls == null ? TrustedAuthorities.ofJava() : tls);
  }
}
