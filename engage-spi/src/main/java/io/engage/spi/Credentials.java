package io.engage.spi;

import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;

/**
 * Gives what a mail account logs in with.
 *
 * <p><b>Callers.</b> Any thread that opens a connection, at <em>every</em> connection, so that a
 * token is never older than it may be. Several may call at once.
 *
 * <p><b>Failure.</b> Throw {@link PortFailure}, retryable, when the token server cannot be asked
 * now, and {@link TokenServerRefusal} when the owner has withdrawn consent or the registration with
 * the token server is wrong. Both are thrown without asking it again and again.
 *
 * <p>{@code CredentialsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Credentials {

  /**
   * The credential to use now.
   *
   * @throws NotFound when the account is unknown here
   */
  Credential current(AccountId account);

  /**
   * The server has just refused {@code refused}. A supplier of tokens fetches a fresh one; a
   * password stays what it is.
   *
   * @return what to try once more; when it equals {@code refused}, nothing is tried again
   */
  Credential renewed(AccountId account, Credential refused);
}
