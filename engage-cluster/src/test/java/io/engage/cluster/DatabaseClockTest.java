package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PO-3")
class DatabaseClockTest {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final DataSource database = Databases.h2();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void it_has_the_time_of_the_database() {
    Instant now = new DatabaseClock(database, nanos::get).instant();

    assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(TOLERANCE);
  }

  @Test
  void it_goes_on_by_the_steady_count_of_this_machine() {
    DatabaseClock clock = new DatabaseClock(database, nanos::get);
    Instant before = clock.instant();

    nanos.addAndGet(Duration.ofHours(10).toNanos());

    assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(10)));
  }

  @Test
  void it_stands_still_until_a_database_that_was_set_back_has_caught_up() {
    DatabaseClock clock = new DatabaseClock(database, nanos::get);
    nanos.addAndGet(Duration.ofHours(10).toNanos());
    Instant ahead = clock.instant();

    assertThat(clock.refresh()).isTrue();

    assertThat(clock.instant()).isEqualTo(ahead);
    nanos.addAndGet(Duration.ofHours(9).toNanos());
    assertThat(clock.instant()).isEqualTo(ahead);
    nanos.addAndGet(Duration.ofHours(2).toNanos());
    assertThat(clock.instant()).isAfter(ahead);
  }

  @Test
  void a_database_that_is_away_lets_it_go_on() {
    DatabaseClock clock = new DatabaseClock(failing(database), nanos::get);
    Instant before = clock.instant();
    nanos.addAndGet(1_000_000_000);

    boolean answered = clock.refresh();

    assertThat(answered).isFalse();
    assertThat(clock.instant()).isEqualTo(before.plusSeconds(1));
  }

  @Test
  void without_a_database_there_is_no_clock() {
    DataSource away = failing(database);

    assertThatThrownBy(
            () -> {
              new DatabaseClock(away, nanos::get);
              new DatabaseClock(away, nanos::get);
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("08006");
  }

  @Test
  void it_means_the_same_moment_in_every_zone() {
    DatabaseClock clock = new DatabaseClock(database, nanos::get);

    assertThat(clock.withZone(ZoneId.of("Europe/Rome")).instant()).isEqualTo(clock.instant());
    assertThat(clock.withZone(ZoneId.of("Europe/Rome")).getZone().getId()).isEqualTo("Europe/Rome");
  }

  @Test
  void an_answer_that_took_long_is_not_believed() {
    Deque<Duration> passes = new ArrayDeque<>();
    DatabaseClock clock = new DatabaseClock(database, () -> look(passes));
    Instant before = clock.instant();
    passes.addAll(List.of(Duration.ZERO, Duration.ofHours(10)));

    boolean exact = clock.refresh();

    assertThat(exact).isFalse();
    assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(10)));
  }

  @Test
  void when_it_is_made_it_asks_until_an_answer_comes_in_time() {
    Duration stalled = Duration.ofHours(10);
    Deque<Duration> passes =
        new ArrayDeque<>(List.of(Duration.ZERO, stalled, Duration.ZERO, stalled));

    Instant now = new DatabaseClock(database, () -> look(passes)).instant();

    assertThat(passes).isEmpty();
    assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(TOLERANCE);
  }

  @Test
  void a_database_that_never_answers_in_time_makes_no_clock() {
    LongSupplier stalledAtEachLook = () -> nanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThatThrownBy(() -> new DatabaseClock(database, stalledAtEachLook))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("10 times in a row");
  }

  /** What passes before each look at the counter; nothing when that has been used up. */
  private long look(Deque<Duration> passes) {
    return nanos.addAndGet(passes.isEmpty() ? 0 : passes.remove().toNanos());
  }

  /** It answers once. */
  private static DataSource failing(DataSource database) {
    AtomicLong asked = new AtomicLong();
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              if (asked.getAndIncrement() > 0) {
                throw new SQLException("gone", "08006");
              }
              return method.invoke(database, arguments);
            });
  }
}
