package io.engage.dialer;

import io.engage.model.mailbox.AccountId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The ways to the servers of all accounts. */
final class Ways {
  private final ConcurrentMap<AccountId, Way> ways = new ConcurrentHashMap<>();
  private final int mostConnections;

  Ways(int mostConnections) {
    this.mostConnections = mostConnections;
  }

  Way of(AccountId account) {
    return ways.computeIfAbsent(account, any -> new Way(mostConnections));
  }
}
