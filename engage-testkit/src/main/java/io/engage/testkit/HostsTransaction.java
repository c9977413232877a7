package io.engage.testkit;

import io.engage.spi.EventQueue;
import io.engage.spi.Storage;

/** A storage as it is seen by a thread on which the host has begun a transaction. */
public final class HostsTransaction {
  private HostsTransaction() {}

  /** The same storage, which says that a transaction of the host is open. */
  public static Storage openOver(Storage real) {
    EventQueue events =
        Between.callersAnd(
            EventQueue.class,
            real.events(),
            call -> call.name().equals("isHostsTransactionOpen") ? Boolean.TRUE : call.proceed());
    return Between.callersAnd(
        Storage.class, real, call -> call.name().equals("events") ? events : call.proceed());
  }
}
