package io.engage.core;

import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A storage of a slow node: after it has read something, somebody else is faster, once. */
final class Overtaken {
  private Overtaken() {}

  /**
   * @param read the method of any port of the storage after which {@code other} happens
   */
  static Storage after(Storage real, String read, Runnable other) {
    return slow(Storage.class, real, read, new AtomicBoolean(), other);
  }

  private static <T> T slow(
      Class<T> port, T real, String read, AtomicBoolean happened, Runnable other) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> {
              try {
                Object result = method.invoke(real, args);
                if (method.getName().equals(read) && !happened.getAndSet(true)) {
                  other.run();
                }
                return method.getDeclaringClass() == Storage.class && result != null
                    ? slowAny(method.getReturnType(), result, read, happened, other)
                    : result;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private static <T> Object slowAny(
      Class<T> port, Object real, String read, AtomicBoolean happened, Runnable other) {
    return slow(port, port.cast(real), read, happened, other);
  }
}
