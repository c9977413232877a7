package io.engage.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewestTest {
  private final Deque<Runnable> toDo = new ArrayDeque<>();
  private final Newest<String> board = new Newest<>(toDo::add);
  private final Reading reading = new Reading();

  @Test
  void who_comes_late_sees_what_is_there() {
    board.show("one");

    begin(reading, 9);

    assertThat(reading.seen).containsExactly("one");
  }

  @Test
  void each_new_value_is_told_once_to_who_asked_for_enough() {
    begin(reading, 9);

    show("one");
    show("two");
    show("two");

    assertThat(reading.seen).containsExactly("one", "two", "two");
  }

  @Test
  void who_reads_slowly_misses_what_lay_between_and_sees_the_newest() {
    begin(reading, 1);
    for (int i = 0; i < 1000; i++) {
      show("value " + i);
    }

    reading.subscription().request(1);
    work();

    assertThat(reading.seen).containsExactly("value 0", "value 999");
  }

  @Test
  void who_reads_slowly_does_not_hold_up_the_others() {
    Reading other = new Reading();
    begin(reading, 1);
    begin(other, 9);

    show("one");
    show("two");

    assertThat(reading.seen).containsExactly("one");
    assertThat(other.seen).containsExactly("one", "two");
  }

  @Test
  void who_cancels_hears_nothing_more_and_is_forgotten() {
    begin(reading, 9);
    show("one");

    reading.subscription().cancel();
    show("two");

    assertThat(reading.seen).containsExactly("one");
    assertThat(board.isRead()).isFalse();
  }

  @Test
  void the_end_is_told_once_also_to_who_asked_for_nothing() {
    begin(reading, 0);

    board.end();
    work();
    board.end();
    work();

    assertThat(reading.ends).containsExactly("complete");
    assertThat(board.isRead()).isFalse();
  }

  @Test
  void who_may_not_go_on_is_told_that_it_has_ended_and_others_go_on() {
    Reading other = new Reading();
    begin(reading, 9);
    board.add(other, () -> false);
    work();
    other.subscription().request(9);

    board.endWhereNotAllowed();
    show("one");

    assertThat(other.ends).containsExactly("complete");
    assertThat(other.seen).isEmpty();
    assertThat(reading.seen).containsExactly("one");
  }

  private void begin(Reading subscriber, long asks) {
    board.add(subscriber, () -> true);
    work();
    if (asks > 0) {
      subscriber.subscription().request(asks);
    }
    work();
  }

  private void show(String value) {
    board.show(value);
    work();
  }

  private void work() {
    while (!toDo.isEmpty()) {
      toDo.remove().run();
    }
  }

  /** Keeps what it is told. */
  private static final class Reading implements Subscriber<String> {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private volatile @Nullable Subscription subscription;

    Subscription subscription() {
      return requireNonNull(subscription);
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(String value) {
      seen.add(value);
    }

    @Override
    public void onError(Throwable wrong) {
      ends.add(String.valueOf(wrong.getMessage()));
    }

    @Override
    public void onComplete() {
      ends.add("complete");
    }
  }
}
