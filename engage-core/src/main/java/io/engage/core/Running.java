package io.engage.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engage at work by itself: one watch for each account that fetches mail, one worker for the
 * outbox, and a look at the clock for mailboxes that have gone silent. Closing it ends them; what
 * they were doing is finished or left for the next start.
 */
public final class Running implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final OutboxDesk outbox;
  private final List<MailWatch> watches;
  private final MailDesk mail;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Phaser ended = new Phaser(1);
  private boolean closed;

  Running(OutboxDesk outbox, List<MailWatch> watches, MailDesk mail) {
    this.outbox = outbox;
    this.mail = mail;
    this.watches = new ArrayList<>(watches);
  }

  Running start(Executor executor) {
    for (MailWatch watch : watches) {
      execute(executor, watch);
    }
    execute(executor, this::workOffOutbox);
    execute(executor, this::checkHealth);
    return this;
  }

  private void execute(Executor executor, Runnable work) {
    ended.register();
    executor.execute(
        () -> {
          try {
            work.run();
          } finally {
            ended.arriveAndDeregister();
          }
        });
  }

  /**
   * Ends all of it, and waits until what is under way has ended, half a minute at most: no mail is
   * begun afterwards. May be called repeatedly.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    watches.forEach(MailWatch::close);
    awaitEnd();
  }

  private void awaitEnd() {
    int phase = ended.arrive();
    if (phase < 0) {
      return;
    }
    try {
      ended.awaitAdvanceInterruptibly(phase, LONGEST_END.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException stillAtWork) {
      LOG.warn("A watch or the outbox is still at work after {} s", LONGEST_END.toSeconds());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void workOffOutbox() {
    while (!isClosedAfterPause()) {
      try {
        outbox.workOff(() -> !isClosed());
      } catch (Throwable later) {
        LOG.warn("The outbox could not be worked off; it is tried again soon", later);
      }
    }
  }

  /** On a thread of its own: a watch or a mail server that hangs holds up no clock. */
  private void checkHealth() {
    while (!isClosedAfterPause()) {
      try {
        mail.checkHealth();
      } catch (Throwable later) {
        LOG.warn("The health of the accounts could not be checked; it is tried again soon", later);
      }
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosedAfterPause() {
    lock.lock();
    try {
      return closed || closing.await(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS) || closed;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
