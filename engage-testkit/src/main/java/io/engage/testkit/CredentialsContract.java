package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.spi.NotFound;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Credentials} must do: something to log in with, and something else when it can
 * be had. Extend it and return credentials that know an account.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-16")
public abstract class CredentialsContract {
  private static final AccountId UNKNOWN = AccountId.of("no-such-account");

  private Credentials credentials;

  /** The credentials to be tested, as they are before anything was refused. */
  protected abstract Credentials credentials();

  /** An account that they know. */
  protected abstract AccountId account();

  /** Whether they have a fresh one when one was refused, as suppliers of tokens do. */
  protected abstract boolean renews();

  @BeforeEach
  void openCredentials() {
    credentials = credentials();
  }

  @Test
  void a_known_account_has_a_credential_at_every_connection() {
    Credential first = credentials.current(account());

    assertThat(first).isNotNull();
    assertThat(credentials.current(account())).isEqualTo(first);
  }

  @Test
  void an_unknown_account_is_not_found() {
    assertThatThrownBy(() -> credentials.current(UNKNOWN))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(UNKNOWN.value());
  }

  @Test
  void a_refused_credential_is_replaced_where_it_can_be_and_only_there() {
    Credential refused = credentials.current(account());

    Credential renewed = credentials.renewed(account(), refused);

    assertThat(!renewed.equals(refused)).isEqualTo(renews());
  }

  @Test
  void what_was_renewed_is_what_is_used_from_then_on() {
    Credential renewed = credentials.renewed(account(), credentials.current(account()));

    assertThat(credentials.current(account())).isEqualTo(renewed);
  }

  @Test
  void no_credential_tells_its_secret() {
    Credential credential = credentials.current(account());

    assertThat(credential.toString()).doesNotContain(secretOf(credential));
  }

  @Test
  void many_connections_may_ask_at_once() {
    List<Credential> all = Race.run(8, () -> credentials.current(account()));

    assertThat(all).containsOnly(all.get(0));
  }

  private static String secretOf(Credential credential) {
    if (credential instanceof Credential.Password password) {
      return password.secret().reveal();
    }
    return ((Credential.AccessToken) credential).secret().reveal();
  }
}
