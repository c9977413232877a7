package io.engage.imap.connecting;

import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import java.util.function.Function;

/** Logs in with what the host gives now, and once more with a renewed credential if refused. */
public final class Login {
  private final Credentials credentials;

  public Login(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * @param connect connects and logs in; a failure with reason {@code WRONG_CREDENTIAL} or {@code
   *     TOKEN_REFUSED} means that the server refused it
   */
  public <T> T as(AccountId account, Function<Credential, T> connect) {
    Credential current = credentials.current(account);
    try {
      return connect.apply(current);
    } catch (MailAccessFailure failure) {
      if (failure.reason() != Reason.WRONG_CREDENTIAL && failure.reason() != Reason.TOKEN_REFUSED) {
        throw failure;
      }
      Credential renewed = credentials.renewed(account, current);
      if (renewed.equals(current)) {
        throw failure;
      }
      return connect.apply(renewed);
    }
  }
}
