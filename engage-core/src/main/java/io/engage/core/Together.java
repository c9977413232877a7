package io.engage.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Does the same to each of many things on a few threads at once, the caller's among them. An
 * executor without a thread to spare makes it slower, never stuck: whatever nobody has begun, the
 * caller does.
 */
final class Together {
  /** More threads than this would wait for the connection or for the store. */
  private static final int MOST_THREADS = 4;

  private final Executor executor;
  private final int threads;

  Together(Executor executor) {
    this(executor, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  Together(Executor executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /** The results of all of them, in any order. Of several failures one is thrown. */
  <T, R> List<R> each(List<T> things, Function<T, R> act) {
    Queue<T> left = new ConcurrentLinkedQueue<>(things);
    List<FutureTask<List<R>>> turns = turns(() -> takeTurns(left, act), things.size());
    turns.stream().skip(1).forEach(this::hire);
    turns.get(0).run();
    List<R> results = new ArrayList<>(things.size());
    turns.forEach(turn -> results.addAll(result(turn)));
    return results;
  }

  /** Begins something beside whatever the caller does until it asks for the {@link #result}. */
  FutureTask<Void> begin(Runnable act) {
    FutureTask<Void> task = new FutureTask<>(act, null);
    hire(task);
    return task;
  }

  /**
   * Waits for what may be running on another thread, and passes its failure on. What no thread has
   * begun is done on this one.
   */
  static <R> R result(FutureTask<R> task) {
    task.run();
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw rethrown(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The import was interrupted; the next one goes on.", stopped);
    }
  }

  private <R> List<FutureTask<R>> turns(Callable<R> turn, int most) {
    List<FutureTask<R>> turns = new ArrayList<>();
    for (int i = 0; i == 0 || i < Math.min(threads, most); i++) {
      turns.add(new FutureTask<>(turn));
    }
    return turns;
  }

  private static <T, R> List<R> takeTurns(Queue<T> left, Function<T, R> act) {
    List<R> done = new ArrayList<>();
    for (T next = left.poll(); next != null; next = left.poll()) {
      done.add(act.apply(next));
    }
    return done;
  }

  private void hire(FutureTask<?> turn) {
    try {
      executor.execute(turn);
    } catch (RejectedExecutionException noThreadToSpare) {
      // The caller's own turn leaves nothing over.
    }
  }

  private static RuntimeException rethrown(ExecutionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return failed.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("A batch could not be taken over", failed);
  }
}
