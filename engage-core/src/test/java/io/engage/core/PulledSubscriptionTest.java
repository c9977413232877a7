package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader is given what they ask for, one at a time, and nothing is kept for a slow one. */
@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PulledSubscriptionTest {
  private final Well well = new Well();

  @Test
  void no_more_is_drawn_than_is_asked_for() {
    well.holds.set(10);
    Watcher<Integer> reader = watch(0);

    reader.request(2);
    reader.request(1);

    assertThat(reader.seen()).containsExactly(1, 2, 3);
    assertThat(well.drawn).hasValue(3);
    assertThat(reader.keptToRules()).isTrue();
  }

  @Test
  void what_comes_later_is_given_when_the_source_says_so() {
    Watcher<Integer> reader = watch(Long.MAX_VALUE);
    assertThat(reader.seen()).isEmpty();

    well.holds.set(2);
    well.wake();

    assertThat(reader.seen()).containsExactly(1, 2);
  }

  @Test
  void asking_for_more_than_there_can_be_is_asking_for_everything() {
    well.holds.set(3);
    Watcher<Integer> reader = watch(Long.MAX_VALUE - 1);

    reader.request(Long.MAX_VALUE);

    assertThat(reader.seen()).containsExactly(1, 2, 3);
    assertThat(reader.errors()).isEmpty();
  }

  @Test
  void who_cancels_is_given_nothing_and_the_source_is_closed() {
    Watcher<Integer> reader = watch(Long.MAX_VALUE);

    reader.cancel();
    well.holds.set(1);
    well.wake();

    assertThat(reader.seen()).isEmpty();
    assertThat(reader.isComplete()).isFalse();
    assertThat(well.closed).isTrue();
  }

  @Test
  void asking_for_nothing_is_an_error_and_the_end() {
    Watcher<Integer> reader = watch(Long.MAX_VALUE);

    reader.request(0);

    assertThat(reader.errors()).singleElement().isInstanceOf(IllegalArgumentException.class);
    assertThat(well.closed).isTrue();
  }

  @Test
  void when_the_source_is_over_the_reader_is_told_also_one_who_asked_for_nothing() {
    Watcher<Integer> reader = watch(0);

    well.over.set(true);
    well.wake();

    assertThat(reader.isComplete()).isTrue();
    assertThat(well.closed).isTrue();
  }

  @Test
  void a_source_that_breaks_ends_with_what_it_threw() {
    Watcher<Integer> reader = watch(Long.MAX_VALUE);

    well.breaks = true;
    well.wake();

    assertThat(reader.errors()).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(well.closed).isTrue();
  }

  @Test
  void without_a_thread_the_end_comes_and_everything_else_waits_for_one() {
    AtomicInteger refusals = new AtomicInteger(1);
    well.holds.set(1);
    Watcher<Integer> reader =
        watch(
            Long.MAX_VALUE,
            work -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("No thread is free");
              }
              work.run();
            });
    assertThat(reader.seen()).isEmpty();

    well.wake();
    refusals.set(1);
    well.over.set(true);
    well.wake();

    assertThat(reader.seen()).containsExactly(1);
    assertThat(reader.isComplete()).isTrue();
  }

  @Test
  void while_many_wake_and_ask_items_come_one_at_a_time_each_once() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    well.over.set(true);
    well.holds.set(10_000);
    Watcher<Integer> reader = watch(0, threads);

    Race.run(
        4,
        () -> {
          for (int round = 0; round < 2_500; round++) {
            reader.request(1);
            well.wake();
          }
          return true;
        });
    reader.awaitEnd();
    threads.shutdown();

    assertThat(reader.seen())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10_000).boxed().toList());
    assertThat(reader.keptToRules()).isTrue();
  }

  private Watcher<Integer> watch(long atFirst) {
    return watch(atFirst, Runnable::run);
  }

  private Watcher<Integer> watch(long atFirst, Executor threads) {
    Flow.Publisher<Integer> publisher =
        subscriber -> {
          PulledSubscription<Integer> subscription =
              new PulledSubscription<>(subscriber, well, threads);
          well.wakes.add(subscription::wake);
          subscription.wake();
        };
    return Watcher.of(publisher, atFirst);
  }

  /** Numbers from one on, as many as it holds. */
  private static final class Well implements PulledSubscription.Source<Integer> {
    private final List<Runnable> wakes = new ArrayList<>();
    private final AtomicInteger holds = new AtomicInteger();
    private final AtomicInteger drawn = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean breaks;
    private volatile boolean closed;

    void wake() {
      wakes.forEach(Runnable::run);
    }

    @Override
    public Optional<Integer> next() {
      if (breaks) {
        throw new IllegalStateException("The well is dry");
      }
      return drawn.get() < holds.get() ? Optional.of(drawn.incrementAndGet()) : Optional.empty();
    }

    @Override
    public boolean isOver() {
      return over.get() && drawn.get() == holds.get();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
