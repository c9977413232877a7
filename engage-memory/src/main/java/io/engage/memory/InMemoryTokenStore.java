package io.engage.memory;

import io.engage.model.inbox.Grant;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.TokenStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps grants as long as this process lives. Rotated refresh tokens are lost with it, so this is
 * for trying out.
 */
public final class InMemoryTokenStore implements TokenStore {
  private final Guard guard = new Guard();
  private final Map<AccountId, Grant> grants = new HashMap<>();

  private InMemoryTokenStore() {}

  /** Knows no grant yet. */
  public static InMemoryTokenStore create() {
    return new InMemoryTokenStore();
  }

  @Override
  public Optional<Grant> find(AccountId account) {
    return guard.read(() -> Optional.ofNullable(grants.get(account)));
  }

  @Override
  public boolean save(AccountId account, Grant grant) {
    return guard.write(
        () -> {
          Grant stored = grants.get(account);
          if ((stored == null ? 0 : stored.version()) != grant.version()) {
            return false;
          }
          grants.put(account, grant.withVersion(grant.version() + 1));
          return true;
        });
  }

  @Override
  public void forget(AccountId account) {
    guard.change(() -> grants.remove(account));
  }
}
