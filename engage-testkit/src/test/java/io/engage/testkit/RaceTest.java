package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RaceTest {
  @Test
  void all_callers_run_at_the_same_time() {
    CyclicBarrier meeting = new CyclicBarrier(6);

    List<Integer> results = Race.run(6, () -> meeting.await(10, TimeUnit.SECONDS));

    assertThat(results).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
  }

  @Test
  void a_caller_that_fails_fails_the_race_and_says_why() {
    IOException why = new IOException("the cable was pulled");

    assertThatThrownBy(
            () ->
                Race.run(
                    2,
                    () -> {
                      throw why;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the cable was pulled")
        .hasCause(why);
  }

  @Test
  void draining_gives_everything_that_anybody_got() {
    AtomicInteger left = new AtomicInteger(500);

    List<Integer> drained =
        Race.drain(
            4,
            500,
            () -> {
              int next = left.getAndDecrement();
              return next > 0 ? List.of(next) : List.of();
            });

    assertThat(drained).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void draining_what_has_no_end_fails() {
    assertThatThrownBy(() -> Race.drain(2, 500, () -> List.of("again")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no end");
  }
}
