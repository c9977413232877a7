package io.engage.memory;

import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Credentials;
import io.engage.spi.NotFound;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Credentials that the host gave, and what takes the place of a refused one. */
public final class InMemoryCredentials implements Credentials {
  private final Guard guard = new Guard();

  /** The first of each is the current one. */
  private final Map<AccountId, Deque<Credential>> byAccount = new HashMap<>();

  private InMemoryCredentials() {}

  /** Knows no account yet. */
  public static InMemoryCredentials create() {
    return new InMemoryCredentials();
  }

  /** Sets what an account logs in with, and returns this. */
  public InMemoryCredentials with(AccountId account, Credential credential) {
    return with(account, credential, new Credential[0]);
  }

  /**
   * Sets what an account logs in with, and the fresh ones that follow, one after the other, each
   * when the one before it was refused.
   */
  public InMemoryCredentials with(AccountId account, Credential current, Credential... fresh) {
    guard.change(
        () -> {
          Deque<Credential> all = new ArrayDeque<>(Arrays.asList(fresh));
          all.addFirst(current);
          byAccount.put(account, all);
        });
    return this;
  }

  @Override
  public Credential current(AccountId account) {
    return guard.read(() -> of(account).getFirst());
  }

  /** When another caller has renewed it already, theirs is the answer. */
  @Override
  public Credential renewed(AccountId account, Credential refused) {
    return guard.write(
        () -> {
          Deque<Credential> all = of(account);
          if (all.size() > 1 && all.getFirst().equals(refused)) {
            all.removeFirst();
          }
          return all.getFirst();
        });
  }

  private Deque<Credential> of(AccountId account) {
    Deque<Credential> all = byAccount.get(account);
    if (all == null) {
      throw new NotFound("mail account", account.value());
    }
    return all;
  }
}
