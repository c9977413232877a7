package io.engage.core;

import io.engage.model.conversation.Page;
import io.engage.spi.EventQueue;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what a storage is asked and how much it answers: the steps of whoever asks. Events are
 * told by whichever node comes first, and not counted.
 */
final class CountingStorage {
  private final AtomicInteger steps = new AtomicInteger();
  private final Storage storage;

  CountingStorage(Storage good) {
    this.storage = counting(Storage.class, good);
  }

  Storage storage() {
    return storage;
  }

  int steps() {
    return steps.get();
  }

  private <T> T counting(Class<T> port, Object good) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              try {
                Object answer = called.invoke(good, arguments);
                if (port == Storage.class) {
                  return answer instanceof EventQueue
                      ? answer
                      : counting(called.getReturnType(), answer);
                }
                steps.addAndGet(1 + sizeOf(answer));
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static int sizeOf(Object answer) {
    if (answer instanceof Page<?> page) {
      return page.items().size();
    }
    return answer instanceof Collection<?> all ? all.size() : 0;
  }
}
