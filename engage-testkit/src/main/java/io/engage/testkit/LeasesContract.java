package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.spi.Leases;
import io.engage.spi.Leases.Lease;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Leases} must do: one holder at a time. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-8")
public abstract class LeasesContract {
  private static final String READING = "read shop/INBOX";
  private static final Instant NOON = Sample.MONDAY;
  private static final Instant END = NOON.plusSeconds(60);
  private static final Instant LATER = END.plusSeconds(60);

  private Leases leases;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    leases = emptyStorage().leases();
  }

  @Test
  void what_nobody_has_can_be_taken() {
    Optional<Lease> lease = leases.acquire(READING, "north", NOON, END);

    assertThat(lease)
        .hasValueSatisfying(
            taken -> {
              assertThat(taken.name()).isEqualTo(READING);
              assertThat(taken.owner()).isEqualTo("north");
              assertThat(taken.until()).isEqualTo(END);
            });
  }

  @Test
  void what_somebody_has_cannot_be_taken_before_its_end() {
    acquired("north", NOON, END);

    assertThat(leases.acquire(READING, "south", END.minusSeconds(1), LATER)).isEmpty();
  }

  @Test
  void what_has_ended_can_be_taken_with_a_greater_token() {
    Lease old = acquired("north", NOON, END);

    Lease next = acquired("south", END, LATER);

    assertThat(next.token()).isGreaterThan(old.token());
    assertThat(leases.acquire(READING, "north", END, LATER)).isEmpty();
  }

  @Test
  void its_owner_prolongs_it_under_the_same_token() {
    Lease old = acquired("north", NOON, END);

    Lease prolonged = acquired("north", NOON.plusSeconds(30), LATER);

    assertThat(prolonged.token()).isEqualTo(old.token());
    assertThat(prolonged.until()).isEqualTo(LATER);
    assertThat(leases.acquire(READING, "south", END, LATER)).isEmpty();
  }

  @Test
  void what_was_given_back_can_be_taken_with_a_greater_token() {
    Lease old = acquired("north", NOON, END);

    leases.release(old);

    assertThat(acquired("south", NOON, END).token()).isGreaterThan(old.token());
  }

  @Test
  void what_was_prolonged_can_be_given_back_by_the_lease_as_it_was_before() {
    Lease first = acquired("north", NOON, END);
    acquired("north", NOON, LATER);

    leases.release(first);

    assertThat(leases.acquire(READING, "south", NOON, END)).isPresent();
  }

  @Test
  void a_lease_that_was_overtaken_gives_nothing_back() {
    Lease old = acquired("north", NOON, END);
    acquired("south", END, LATER);

    leases.release(old);

    assertThat(leases.acquire(READING, "north", END, LATER)).isEmpty();
  }

  @Test
  void a_lease_given_back_twice_gives_nothing_back_of_the_next_holder() {
    Lease old = acquired("north", NOON, END);
    leases.release(old);
    acquired("south", NOON, END);

    leases.release(old);

    assertThat(leases.acquire(READING, "north", NOON, END)).isEmpty();
  }

  @Test
  void names_do_not_know_each_other() {
    acquired("north", NOON, END);

    assertThat(leases.acquire("read shop/Archive", "south", NOON, END)).isPresent();
  }

  @RepeatedTest(20)
  void of_many_who_want_it_one_gets_it() {
    AtomicInteger caller = new AtomicInteger();

    List<Optional<Lease>> answers =
        Race.run(8, () -> leases.acquire(READING, "node-" + caller.incrementAndGet(), NOON, END));

    assertThat(answers.stream().flatMap(Optional::stream)).hasSize(1);
  }

  @RepeatedTest(5)
  void tokens_of_a_name_never_repeat_while_many_take_turns() {
    AtomicInteger caller = new AtomicInteger();

    List<Long> tokens =
        Race.run(8, () -> turns("node-" + caller.incrementAndGet())).stream()
            .flatMap(List::stream)
            .toList();

    assertThat(tokens).isNotEmpty().doesNotHaveDuplicates();
  }

  private List<Long> turns(String owner) {
    return java.util.stream.IntStream.range(0, 50)
        .mapToObj(turn -> leases.acquire(READING, owner, NOON, END))
        .flatMap(Optional::stream)
        .map(
            lease -> {
              leases.release(lease);
              return lease.token();
            })
        .toList();
  }

  private Lease acquired(String owner, Instant now, Instant until) {
    return leases.acquire(READING, owner, now, until).orElseThrow();
  }
}
