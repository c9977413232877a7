package io.engage.core;

import io.engage.model.outbox.OutboxClaim;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be sent through one account, batch after batch, by one thread at a time: a server that
 * hangs holds up its own account and no other.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int MOST_WAITING = 4;
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final long BEGIN_WITHIN_MILLIS = 200;

  private final Consumer<Batch> work;
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private volatile @Nullable Thread worker;
  private @Nullable Turn turn;
  private long lastSign = System.nanoTime();

  /**
   * @param mayGoOn asked before each of them
   */
  record Batch(List<OutboxClaim> claims, BooleanSupplier mayGoOn) {}

  Lane(Consumer<Batch> work) {
    this.work = work;
  }

  /** Whether it takes another batch, for which a server that gets on is waited for. */
  synchronized boolean awaitRoom() {
    while (waiting.size() >= MOST_WAITING && System.nanoTime() - lastSign < STUCK_NANOS) {
      try {
        wait(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return waiting.size() < MOST_WAITING;
  }

  /**
   * @return the turn in which it is done; it has to be {@link Turn#hire hired for}
   */
  synchronized Turn add(Batch batch) {
    Turn at = turn;
    if (at == null) {
      at = new Turn();
      turn = at;
    }
    waiting.add(new Batch(batch.claims(), () -> sign() && batch.mayGoOn().getAsBoolean()));
    return at;
  }

  private synchronized boolean sign() {
    lastSign = System.nanoTime();
    return true;
  }

  private synchronized @Nullable Batch next() {
    lastSign = System.nanoTime();
    Batch next = waiting.poll();
    if (next == null) {
      end();
    }
    notifyAll();
    return next;
  }

  /** What it leaves is claimed again when the lease ends. */
  private synchronized void giveUp() {
    waiting.clear();
    end();
    notifyAll();
  }

  private void end() {
    worker = null;
    turn = null;
  }

  private void workOff() {
    worker = Thread.currentThread();
    try {
      for (Batch batch = next(); batch != null; batch = next()) {
        work.accept(batch);
      }
    } catch (RuntimeException | Error broken) {
      LOG.warn("The outbox of an account could not be worked off", LoggedFailure.of(broken));
      giveUp();
      throw broken;
    }
  }

  /** One thread's work on a lane, until nothing waits in it. */
  final class Turn extends FutureTask<Boolean> {
    private final CountDownLatch begun = new CountDownLatch(1);
    private boolean hired;

    private Turn() {
      super(Lane.this::workOff, true);
    }

    /** Whether nobody was hired for it before. */
    synchronized boolean hire() {
      boolean first = !hired;
      hired = true;
      return first;
    }

    @Override
    public void run() {
      begun.countDown();
      super.run();
    }

    /** Where nobody has a thread to spare, the caller does it. */
    void seeBegun() {
      try {
        if (!begun.await(BEGIN_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
          run();
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits until it is done; who asks from within does not wait for itself. */
    void seeDone() {
      if (Thread.currentThread().equals(worker)) {
        return;
      }
      try {
        get();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException broken) {
        if (broken.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("The outbox could not be worked off", broken.getCause());
      }
    }
  }
}
