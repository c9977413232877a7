package io.engage.dialer;

import io.engage.spi.Leases;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.util.concurrent.atomic.AtomicBoolean;

/** A storage in which somebody else does something right before a call gets through, once. */
final class InterveningStorage {
  private final String before;
  private final Runnable act;
  private final AtomicBoolean done = new AtomicBoolean();

  /**
   * @param before a method of leases or recipients
   */
  InterveningStorage(String before, Runnable act) {
    this.before = before;
    this.act = act;
  }

  Storage over(Storage good) {
    Recipients recipients = intervened(Recipients.class, good.recipients());
    Leases leases = intervened(Leases.class, good.leases());
    return Between.callersAnd(
        Storage.class,
        good,
        call ->
            switch (call.name()) {
              case "recipients" -> recipients;
              case "leases" -> leases;
              default -> call.proceed();
            });
  }

  private <P> P intervened(Class<P> port, P good) {
    return Between.callersAnd(
        port,
        good,
        call -> {
          if (call.name().equals(before) && done.compareAndSet(false, true)) {
            act.run();
          }
          return call.proceed();
        });
  }
}
