package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.spi.IdSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link IdSource} must do: never twice, and not to be guessed. Extend it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
public abstract class IdSourceContract {
  /** 64 bits are the least that cannot be tried out: 16 digits of which any may stand anywhere. */
  private static final int FEWEST_OPEN_PLACES = 16;

  private IdSource ids;

  /** Two calls give two sources, as on two machines. */
  protected abstract IdSource source();

  @BeforeEach
  void openSource() {
    ids = source();
  }

  @Test
  void an_id_is_short_and_plain() {
    assertThat(taken(ids, 1000)).allMatch(id -> id.matches("[a-z0-9-]{1,40}"));
  }

  @Test
  void an_id_is_never_repeated() {
    assertThat(taken(ids, 100_000)).doesNotHaveDuplicates();
  }

  @Test
  void two_machines_do_not_make_the_same_ids() {
    List<String> here = taken(ids, 10_000);
    List<String> there = taken(source(), 10_000);

    assertThat(here).doesNotContainAnyElementsOf(there);
  }

  @Test
  void an_id_cannot_be_guessed_from_those_before() {
    List<String> some = taken(ids, 400);
    int shortest = some.stream().mapToInt(String::length).min().orElse(0);

    long openPlaces =
        IntStream.range(0, shortest)
            .filter(place -> some.stream().map(id -> id.charAt(place)).distinct().count() >= 8)
            .filter(place -> changesMostly(some, place))
            .count();

    assertThat(openPlaces).isGreaterThanOrEqualTo(FEWEST_OPEN_PLACES);
  }

  @RepeatedTest(3)
  void many_callers_at_once_get_different_ids() {
    List<List<String>> all = Race.run(8, () -> taken(ids, 2000));

    assertThat(all.stream().flatMap(List::stream)).hasSize(16_000).doesNotHaveDuplicates();
  }

  /** A counter changes its last place each time and all others hardly ever. */
  private static boolean changesMostly(List<String> some, int place) {
    long changes =
        IntStream.range(1, some.size())
            .filter(i -> some.get(i).charAt(place) != some.get(i - 1).charAt(place))
            .count();
    return changes > some.size() / 2;
  }

  private static List<String> taken(IdSource source, int count) {
    return IntStream.range(0, count).mapToObj(i -> source.next()).toList();
  }
}
