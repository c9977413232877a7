package io.engage.dialer;

import io.engage.spi.EventQueue;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A storage as it is seen by a thread on which the host has begun a transaction. */
final class HostsTransaction {
  private HostsTransaction() {}

  static Storage openOver(Storage real) {
    EventQueue events =
        port(
            EventQueue.class,
            (method, arguments) ->
                method.getName().equals("isHostsTransactionOpen")
                    ? Boolean.TRUE
                    : method.invoke(real.events(), arguments));
    return port(
        Storage.class,
        (method, arguments) ->
            method.getName().equals("events") ? events : method.invoke(real, arguments));
  }

  private static <T> T port(Class<T> port, Call call) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              try {
                return call.of(method, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private interface Call {
    Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
  }
}
