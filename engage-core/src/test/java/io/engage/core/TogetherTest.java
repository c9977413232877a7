package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TogetherTest {
  private static final List<Integer> LAMPS = IntStream.range(0, 500).boxed().toList();

  @Test
  void everything_is_done_once() {
    ExecutorService threads = Executors.newCachedThreadPool();

    List<String> done = new Together(threads, 4).each(LAMPS, lamp -> "lamp " + lamp);

    threads.shutdownNow();
    assertThat(done)
        .containsExactlyInAnyOrderElementsOf(LAMPS.stream().map(lamp -> "lamp " + lamp).toList());
  }

  @Test
  void two_are_done_at_the_same_time() {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch both = new CountDownLatch(2);

    List<Boolean> met = new Together(threads, 2).each(List.of(1, 2), any -> meets(both));

    threads.shutdownNow();
    assertThat(met).containsExactly(true, true);
  }

  @Test
  void no_more_threads_are_used_than_agreed() {
    ExecutorService threads = Executors.newCachedThreadPool();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();

    new Together(threads, 3).each(LAMPS, lamp -> seen.add(Thread.currentThread()));

    threads.shutdownNow();
    assertThat(seen).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void an_executor_whose_threads_are_all_in_use_does_not_bring_it_to_a_stop() {
    Queue<Runnable> waiting = new ArrayDeque<>();

    List<Integer> done = new Together(waiting::add, 4).each(LAMPS, lamp -> lamp + 1);

    waiting.forEach(Runnable::run);
    assertThat(done).hasSameSizeAs(LAMPS);
  }

  @Test
  void an_executor_that_refuses_leaves_the_work_to_the_caller() {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("closing");
        };

    List<Integer> done = new Together(refusing, 4).each(LAMPS, lamp -> lamp);

    assertThat(done).containsExactlyElementsOf(LAMPS);
  }

  @Test
  void of_nothing_comes_nothing() {
    assertThat(new Together(Runnable::run, 4).each(List.of(), lamp -> lamp)).isEmpty();
  }

  @Test
  void a_failure_is_passed_on_as_it_is() {
    Together together = new Together(Runnable::run, 2);

    assertThatThrownBy(
            () ->
                together.each(
                    LAMPS,
                    lamp -> {
                      throw new IllegalArgumentException("broken lamp " + lamp);
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("broken lamp");
  }

  private static boolean meets(CountDownLatch both) {
    both.countDown();
    try {
      return both.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void what_was_begun_goes_on_beside_the_caller() {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch both = new CountDownLatch(2);

    FutureTask<Void> begun = new Together(threads, 2).begin(() -> meets(both));
    boolean met = meets(both);
    Together.result(begun);

    threads.shutdownNow();
    assertThat(met).isTrue();
  }

  @Test
  void what_no_thread_has_begun_is_done_by_whoever_asks_for_its_result() {
    Queue<Runnable> neverWorkedOff = new ArrayDeque<>();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();

    FutureTask<Void> begun =
        new Together(neverWorkedOff::add, 2).begin(() -> seen.add(Thread.currentThread()));
    Together.result(begun);
    neverWorkedOff.remove().run();

    assertThat(seen).containsExactly(Thread.currentThread());
  }

  @Test
  void the_failure_of_what_was_begun_reaches_whoever_asks() {
    FutureTask<Void> begun =
        new Together(Runnable::run, 2)
            .begin(
                () -> {
                  throw new IllegalStateException("The disk is full");
                });

    assertThatThrownBy(() -> Together.result(begun)).hasMessage("The disk is full");
  }
}
