package io.engage.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engage at work by itself: one watch for each account that fetches mail, and one worker for the
 * outbox. Closing it ends them; what they were doing is finished or left for the next start.
 */
public final class Running implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Parts parts;
  private final OutboxDesk outbox;
  private final List<MailWatch> watches;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;

  Running(Parts parts, OutboxDesk outbox, List<MailWatch> watches) {
    this.parts = parts;
    this.outbox = outbox;
    this.watches = new ArrayList<>(watches);
  }

  Running start(Executor executor) {
    watches.forEach(executor::execute);
    executor.execute(this::workOffOutbox);
    return this;
  }

  /** Ends all of it; may be called repeatedly. */
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
  }

  private void workOffOutbox() {
    while (!isClosedAfterPause()) {
      try {
        outbox.workOff();
        parts.committing().announce();
      } catch (RuntimeException later) {
        LOG.warn("The outbox could not be worked off; it is tried again soon", later);
      }
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
