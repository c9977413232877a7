package io.engage.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.spi.Paces;
import io.engage.spi.Storage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Paces} must do: keep a few bytes for each name, and let nobody overwrite what
 * they have not seen. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("DL-9")
public abstract class PacesContract {
  private static final String SPRING = "campaign/spring";
  private static final byte[] ONE = "one".getBytes(UTF_8);
  private static final byte[] TWO = {0, -1, 127, -128, 10};

  private Paces paces;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    paces = emptyStorage().paces();
  }

  @Test
  void nothing_is_kept_before_anything_was() {
    assertThat(paces.find(SPRING)).isEmpty();
  }

  @Test
  void what_was_kept_last_is_found_under_its_name_alone() {
    paces.swap(SPRING, null, ONE);

    assertThat(paces.swap(SPRING, ONE, TWO)).isTrue();

    assertThat(paces.find(SPRING)).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(TWO));
    assertThat(paces.find("campaign/Spring")).isEmpty();
    assertThat(paces.find("account/shop")).isEmpty();
  }

  @Test
  void nothing_is_kept_where_something_is_that_the_caller_did_not_know_of() {
    paces.swap(SPRING, null, ONE);

    assertThat(paces.swap(SPRING, null, TWO)).isFalse();

    assertThat(paces.find(SPRING)).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(ONE));
  }

  @Test
  void nothing_is_kept_where_something_else_is_than_the_caller_knew_of() {
    paces.swap(SPRING, null, ONE);

    assertThat(paces.swap(SPRING, TWO, TWO)).isFalse();

    assertThat(paces.find(SPRING)).hasValueSatisfying(kept -> assertThat(kept).isEqualTo(ONE));
  }

  @Test
  void nothing_is_kept_where_nothing_is_when_the_caller_knew_of_something() {
    assertThat(paces.swap(SPRING, ONE, TWO)).isFalse();

    assertThat(paces.find(SPRING)).isEmpty();
  }

  @Test
  void what_is_kept_is_compared_by_its_bytes_and_is_the_callers_no_more() {
    byte[] given = ONE.clone();
    paces.swap(SPRING, null, given);
    given[0] = 'x';
    paces.find(SPRING).orElseThrow()[0] = 'y';

    assertThat(paces.swap(SPRING, ONE.clone(), TWO)).isTrue();
  }

  @Test
  void what_begins_otherwise_stays_when_the_rest_is_removed() {
    paces.swap("domain/spring_1/a", null, ONE);
    paces.swap("domain/spring_1/b", null, TWO);
    paces.swap("domain/spring-1/a", null, ONE);
    paces.swap("domain/spring_10/a", null, ONE);
    paces.swap("old/domain/spring_1/a", null, ONE);

    paces.removeAll("domain/spring_1/");

    assertThat(paces.find("domain/spring_1/a")).isEmpty();
    assertThat(paces.find("domain/spring_1/b")).isEmpty();
    assertThat(paces.find("domain/spring-1/a")).isPresent();
    assertThat(paces.find("domain/spring_10/a")).isPresent();
    assertThat(paces.find("old/domain/spring_1/a")).isPresent();
  }

  @Test
  void what_was_removed_begins_anew() {
    paces.swap(SPRING, null, ONE);
    paces.removeAll(SPRING);
    paces.removeAll(SPRING);

    assertThat(paces.swap(SPRING, ONE, TWO)).isFalse();
    assertThat(paces.swap(SPRING, null, TWO)).isTrue();
  }

  @RepeatedTest(10)
  void of_callers_who_count_at_once_none_is_lost() {
    paces.swap(SPRING, null, bytes(0));
    AtomicInteger left = new AtomicInteger(400);

    Race.drain(8, 400, () -> left.getAndDecrement() > 0 ? List.of(increment()) : List.of());

    assertThat(number(paces.find(SPRING).orElseThrow())).isEqualTo(400);
  }

  @RepeatedTest(10)
  void of_callers_who_begin_at_once_one_does() {
    List<Boolean> begun = Race.run(8, () -> paces.swap(SPRING, null, ONE));

    assertThat(begun).containsOnlyOnce(true);
  }

  private int increment() {
    while (true) {
      byte[] before = paces.find(SPRING).orElseThrow();
      int next = number(before) + 1;
      if (paces.swap(SPRING, before, bytes(next))) {
        return next;
      }
    }
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static int number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt();
  }
}
