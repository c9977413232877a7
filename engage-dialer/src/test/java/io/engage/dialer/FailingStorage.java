package io.engage.dialer;

import io.engage.spi.InboxStore;
import io.engage.spi.PortFailure;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "recipients" -> recipients;
                  case "inboxes" -> inboxes;
                  default -> call(method, good, arguments);
                });
  }

  private <P> P failing(Class<P> port, P good) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (fails.test(method.getName())) {
                throw new PortFailure("The store is away", true);
              }
              return call(method, good, arguments);
            }));
  }

  private static @Nullable Object call(Method method, Object good, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(good, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
