package io.engage.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads for a host that gave none: virtual ones where the JDK has them (JEP 444). */
final class Threads {
  private Threads() {}

  static ExecutorService newExecutor() {
    try {
      MethodHandle virtual =
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class));
      return (ExecutorService) virtual.invokeExact();
    } catch (Throwable olderJdk) {
      return platformThreads();
    }
  }

  private static ExecutorService platformThreads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "engage-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
