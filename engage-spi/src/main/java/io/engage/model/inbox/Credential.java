package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/** What proves to a mail server that an account is ours. */
public sealed interface Credential {

  static Credential password(String password) {
    return new Password(Secret.of(password));
  }

  static Credential accessToken(String token) {
    return new AccessToken(Secret.of(token));
  }

  /** A password, or a password made for this application. */
  record Password(Secret secret) implements Credential {
    public Password {
      requireNonNull(secret, "secret");
    }
  }

  /** An OAuth 2.0 access token, sent by SASL XOAUTH2 and by nothing else. */
  record AccessToken(Secret secret) implements Credential {
    public AccessToken {
      requireNonNull(secret, "secret");
    }
  }
}
