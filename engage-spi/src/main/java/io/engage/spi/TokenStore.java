package io.engage.spi;

import io.engage.model.inbox.Grant;
import io.engage.model.mailbox.AccountId;
import java.util.Optional;

/**
 * Keeps what access tokens are got with, for all nodes. Many token servers give a new refresh token
 * at each use and take the old one no more, so what is lost here has to be consented to again. It
 * holds secrets: a host encrypts them.
 *
 * <p><b>Callers.</b> Any thread that opens a connection, on several machines, many at once.
 *
 * <p><b>Commitment.</b> When {@link #save} returns true, the grant is durable, and every node finds
 * it. When it throws, either nothing has changed or all of it was stored; the caller reads again.
 *
 * <p><b>Failure.</b> Throw {@link PortFailure}. No new access token is used then, and the refresh
 * token that could not be stored is kept in memory and offered again at the next call.
 *
 * <p>{@code TokenStoreContract} in engage-testkit has a test for each promise on this page.
 */
public interface TokenStore {

  /**
   * The grant as it was stored last.
   *
   * @return empty when none was, or when it was forgotten
   */
  Optional<Grant> find(AccountId account);

  /**
   * Stores a grant under the version that follows its own, if its own is the stored one (0 when
   * none is stored). Of several who save the same version at once, one is told true.
   *
   * @return false when somebody else was faster; nothing has changed then
   */
  boolean save(AccountId account, Grant grant);

  /** Forgets an account's grant. One that is unknown is passed over. */
  void forget(AccountId account);
}
