package io.engage.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts callers together, so that they really collide. A single call each finds a missing lock now
 * and then; callers that drain something one by one find it nearly always.
 */
public final class Race {
  private static final long LONGEST_SECONDS = 120;

  private Race() {}

  /** What each of {@code callers} got, all started at the same moment. */
  public static <T> List<T> run(int callers, Callable<T> call) {
    CyclicBarrier start = new CyclicBarrier(callers);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        futures.add(threads.submit(() -> callFrom(start, call)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(resultOf(future));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Everything that {@code callers} got by calling again and again until there was no more.
   *
   * @param most what there is at all; more than that for one of them counts as no end
   */
  public static <T> List<T> drain(int callers, int most, Callable<List<T>> call) {
    return run(callers, () -> drained(most, call)).stream().flatMap(List::stream).toList();
  }

  private static <T> List<T> drained(int most, Callable<List<T>> call) throws Exception {
    List<T> all = new ArrayList<>();
    for (List<T> some = call.call(); !some.isEmpty(); some = call.call()) {
      all.addAll(some);
      if (all.size() > most || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("What is drained in a race came to no end");
      }
    }
    return all;
  }

  private static <T> T callFrom(CyclicBarrier start, Callable<T> call) throws Exception {
    try {
      start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException e) {
      throw new AssertionError("The callers of a race could not be started together", e);
    }
    return call.call();
  }

  private static <T> T resultOf(Future<T> future) {
    try {
      return future.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("A caller of a race failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("A caller of a race came to no end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("A race was interrupted", e);
    }
  }
}
