package io.engage.dialer;

import io.engage.spi.InboxStore;
import io.engage.spi.PortFailure;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.util.function.Predicate;

/** A storage of which some calls fail, before they have done anything. */
final class FailingStorage {
  private final Predicate<String> fails;

  /**
   * @param fails asked with the name of the method, of each call that has to do with recipients or
   *     commits
   */
  FailingStorage(Predicate<String> fails) {
    this.fails = fails;
  }

  Storage over(Storage good) {
    Recipients recipients = failing(Recipients.class, good.recipients());
    InboxStore inboxes = failing(InboxStore.class, good.inboxes());
    return Between.callersAnd(
        Storage.class,
        good,
        call ->
            switch (call.name()) {
              case "recipients" -> recipients;
              case "inboxes" -> inboxes;
              default -> call.proceed();
            });
  }

  private <P> P failing(Class<P> port, P good) {
    return Between.callersAnd(
        port,
        good,
        call -> {
          if (fails.test(call.name())) {
            throw new PortFailure("The store is away", true);
          }
          return call.proceed();
        });
  }
}
