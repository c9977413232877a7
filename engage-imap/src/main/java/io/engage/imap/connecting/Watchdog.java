package io.engage.imap.connecting;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Watches the time of all connections of one mail system, on one daemon thread that ends when there
 * is nothing to watch. A read timeout alone would not do: a server that drips a byte now and then
 * keeps it alive for ever.
 */
public final class Watchdog {
  private final ScheduledThreadPoolExecutor executor;

  public Watchdog() {
    executor = new ScheduledThreadPoolExecutor(1, Watchdog::daemon);
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  ScheduledExecutorService executor() {
    return executor;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "engage-mail-watchdog");
    thread.setDaemon(true);
    return thread;
  }
}
