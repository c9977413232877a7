package io.engage.dialer;

import io.engage.spi.Leases;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "recipients" -> recipients;
                  case "leases" -> leases;
                  default -> call(method, good, arguments);
                });
  }

  private <P> P intervened(Class<P> port, P good) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (method.getName().equals(before) && done.compareAndSet(false, true)) {
                act.run();
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
