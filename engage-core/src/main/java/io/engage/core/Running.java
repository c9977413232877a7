package io.engage.core;

import io.engage.model.inbox.MailAccount;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engage at work by itself: one watch for each account that fetches mail, one worker for the
 * outbox, a look at the clock for mailboxes that have gone silent and for what else has its time,
 * and one at the accounts and inboxes, which administrators may change on any node. Closing it ends
 * them; what they were doing is finished or left for the next start.
 */
public final class Running implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final OutboxDesk outbox;
  private final Watches watches;
  private final Supplier<List<MailAccount>> wanted;
  private final MailDesk mail;
  private final List<Job> timers;
  private final List<Job> daily;
  private final Stop stop = new Stop();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Phaser ended = new Phaser(1);
  private final CountDownLatch loopsWait = new CountDownLatch(1);
  private volatile boolean outboxBegun;
  private volatile boolean healthBegun;
  private volatile boolean workingDaily;
  private boolean outboxLateTold;
  private boolean looked;
  private long nextDaily = System.nanoTime();
  private boolean closed;

  /**
   * @param wanted the accounts that are to be watched now
   * @param timers what is run every two seconds; each sees for itself whether it is due
   */
  Running(
      OutboxDesk outbox,
      MailDesk mail,
      Supplier<List<MailAccount>> wanted,
      Function<MailAccount, MailWatch> newWatch,
      List<Job> timers,
      List<Job> daily,
      Executor executor) {
    this.outbox = outbox;
    this.mail = mail;
    this.wanted = wanted;
    this.timers = timers;
    this.daily = daily;
    this.watches = new Watches(newWatch, watch -> execute(executor, watch));
  }

  Running start(Executor executor) {
    try {
      execute(executor, () -> superviseWatches(executor));
      execute(executor, () -> workOffOutbox(work -> execute(executor, work)));
      execute(executor, this::checkHealthAgainAndAgain);
    } finally {
      loopsWait.countDown();
    }
    return this;
  }

  private void execute(Executor executor, Runnable work) {
    ended.register();
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } finally {
              ended.arriveAndDeregister();
            }
          });
    } catch (RejectedExecutionException noThread) {
      ended.arriveAndDeregister();
      throw noThread;
    }
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
    stop.come();
    watches.close();
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

  /** The first look is taken at once, but no watch takes the thread of a loop. */
  private void superviseWatches(Executor executor) {
    SpareThread spare = new SpareThread(executor);
    awaitLoops();
    do {
      adjustWatches();
      workDailyWhenDue(executor);
      complainOfMissingThreads(spare);
    } while (!isClosedAfterPause());
  }

  private void awaitLoops() {
    try {
      loopsWait.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void adjustWatches() {
    try {
      watches.adjust(wanted.get());
    } catch (Throwable later) {
      LOG.warn(
          "The accounts to watch could not be read; it is tried again soon",
          LoggedFailure.of(later));
    }
  }

  private void complainOfMissingThreads(SpareThread spare) {
    if (!outboxBegun) {
      complainOfOutboxThatWaits();
    } else if (spare.isMissed()) {
      LOG.error(
          "The executor has no thread to spare: offers, live views and whoever follows a"
              + " conversation wait until one is free. Give it one for each account and four"
              + " more.");
    }
  }

  /** Once, and not at the first look: it may have begun no sooner than this. */
  private void complainOfOutboxThatWaits() {
    if (looked && !outboxLateTold) {
      outboxLateTold = true;
      LOG.error(
          "The executor has too few threads: nothing is sent until one is free. Give it one for"
              + " each account and four more.");
    }
    looked = true;
  }

  private void workOffOutbox(Executor threads) {
    outboxBegun = true;
    while (!isClosedAfterPause()) {
      try {
        outbox.workOff(() -> !isClosed(), threads);
      } catch (Throwable later) {
        LOG.warn(
            "The outbox could not be worked off; it is tried again soon", LoggedFailure.of(later));
      }
      if (!healthBegun) {
        checkHealth();
      }
    }
  }

  /** On a thread of its own: a watch or a mail server that hangs holds up no clock. */
  private void checkHealthAgainAndAgain() {
    healthBegun = true;
    while (!isClosedAfterPause()) {
      checkHealth();
      timers.forEach(this::run);
    }
  }

  private void checkHealth() {
    try {
      mail.checkHealth();
    } catch (Throwable later) {
      LOG.warn(
          "The health of the accounts could not be checked; it is tried again soon",
          LoggedFailure.of(later));
    }
  }

  /** Between two looks no thread is held for it. */
  private void workDailyWhenDue(Executor executor) {
    boolean due = System.nanoTime() - nextDaily >= 0;
    if (!daily.isEmpty() && due && !workingDaily) {
      workingDaily = true;
      nextDaily = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
      try {
        execute(executor, this::workDaily);
      } catch (RejectedExecutionException noThread) {
        workingDaily = false;
      }
    }
  }

  private void workDaily() {
    try {
      daily.forEach(this::run);
    } finally {
      workingDaily = false;
    }
  }

  private void run(Job job) {
    try {
      job.run(stop);
    } catch (Throwable later) {
      LOG.warn("'{}' failed; it is tried again soon", job.name(), LoggedFailure.of(later));
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
