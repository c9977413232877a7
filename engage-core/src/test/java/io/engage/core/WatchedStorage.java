package io.engage.core;

import io.engage.model.conversation.InboxChange;
import io.engage.spi.InboxStore;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** A storage during whose commits something else happens, as time passes or somebody else works. */
final class WatchedStorage {
  private WatchedStorage() {}

  /**
   * @param afterwards is shown each change when it is stored
   */
  static Storage of(Storage good, Consumer<InboxChange> afterwards) {
    return port(
        Storage.class,
        good,
        answer ->
            answer instanceof InboxStore store
                ? port(InboxStore.class, store, same -> same, afterwards)
                : answer,
        change -> {});
  }

  private interface Wrapping {
    Object wrapped(Object answer);
  }

  private static <T> T port(
      Class<T> port, T good, Wrapping wrapping, Consumer<InboxChange> afterwards) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              try {
                Object answer = called.invoke(good, arguments);
                if (called.getName().equals("commit")) {
                  afterwards.accept((InboxChange) arguments[0]);
                }
                return wrapping.wrapped(answer);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
