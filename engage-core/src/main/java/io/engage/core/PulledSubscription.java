package io.engage.core;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives a subscriber what a source has, as far as the subscriber asked and no further: nothing is
 * kept for one who is slow. Items come one at a time, on a thread of the executor that is given
 * back in between.
 */
final class PulledSubscription<T> implements Flow.Subscription {
  private final Flow.Subscriber<? super T> subscriber;
  private final Source<T> source;
  private final Executor executor;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicInteger signals = new AtomicInteger();
  private volatile boolean ended;
  private volatile boolean misused;
  private boolean begun;

  PulledSubscription(Flow.Subscriber<? super T> subscriber, Source<T> source, Executor executor) {
    this.subscriber = subscriber;
    this.source = source;
    this.executor = executor;
  }

  /** Where items come from. One thread at a time asks, but {@link #close} may come meanwhile. */
  interface Source<T> extends AutoCloseable {

    /** The next item; empty when there is none now. */
    Optional<T> next();

    /** Whether none will ever come any more. */
    boolean isOver();

    /** Nobody asks any more. May be called repeatedly, on any thread. */
    @Override
    void close();
  }

  /** There may be an item, or the end. Returns at once; called first it begins. */
  void wake() {
    if (!ended && signals.getAndIncrement() == 0) {
      try {
        executor.execute(this::giveWhileSignalled);
      } catch (RejectedExecutionException noThread) {
        giveWithoutThread();
      }
    }
  }

  /** Only the end: anything else comes when there is a thread. */
  private void giveWithoutThread() {
    if (source.isOver()) {
      give();
    }
    signals.set(0);
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      misused = true;
    } else {
      asked.accumulateAndGet(count, PulledSubscription::sum);
    }
    wake();
  }

  @Override
  public void cancel() {
    ended = true;
    source.close();
  }

  private static long sum(long one, long other) {
    return one + other < 0 ? Long.MAX_VALUE : one + other;
  }

  private void giveWhileSignalled() {
    int seen;
    do {
      seen = signals.get();
      give();
    } while (signals.addAndGet(-seen) > 0);
  }

  private void give() {
    try {
      begin();
      while (!ended && !misused && asked.get() > 0 && giveNext()) {
        asked.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
      }
      endWhenOver();
    } catch (Throwable failed) {
      end(failed);
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      subscriber.onSubscribe(this);
    }
  }

  private boolean giveNext() {
    Optional<T> next = source.next();
    if (next.isEmpty() || ended) {
      return false;
    }
    subscriber.onNext(next.get());
    return true;
  }

  private void endWhenOver() {
    if (misused) {
      end(new IllegalArgumentException("A subscriber asks for at least one item"));
    } else if (source.isOver()) {
      end(null);
    }
  }

  private void end(@Nullable Throwable failed) {
    if (ended) {
      return;
    }
    cancel();
    if (failed == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failed);
    }
  }
}
