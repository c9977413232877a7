package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.spi.Heartbeats;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Heartbeats} must do: tell who gives no sign any more. Extend it and return an
 * empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("DI-3")
public abstract class HeartbeatsContract {
  private static final AgentId CLARA = Sample.clara().id();
  private static final AgentId DARIO = Sample.dario().id();
  private static final AgentId ZOE = AgentId.of("Zoe");
  private static final Instant END = Sample.MONDAY;
  private static final Instant EVENING = END.plusSeconds(36_000);

  private Heartbeats heartbeats;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    heartbeats = emptyStorage().heartbeats();
  }

  @Test
  void nobody_is_silent_who_never_gave_a_sign() {
    assertThat(heartbeats.silent(EVENING, 10)).isEmpty();
  }

  @Test
  void an_agent_is_silent_from_the_moment_on_until_which_they_were_there() {
    heartbeats.beat(CLARA, END);

    assertThat(heartbeats.silent(END.minusSeconds(1), 10)).isEmpty();
    assertThat(heartbeats.silent(END, 10)).containsExactly(CLARA);
    assertThat(heartbeats.silent(EVENING, 10)).containsExactly(CLARA);
  }

  @Test
  void the_longest_silent_come_first_then_those_with_the_lower_id() {
    heartbeats.beat(CLARA, END.plusSeconds(1));
    heartbeats.beat(DARIO, END.plusSeconds(1));
    heartbeats.beat(ZOE, END.plusSeconds(1));
    heartbeats.beat(AgentId.of("eva"), END);
    heartbeats.beat(AgentId.of("ana"), END.plusSeconds(2));

    assertThat(heartbeats.silent(EVENING, 10))
        .containsExactly(AgentId.of("eva"), ZOE, CLARA, DARIO, AgentId.of("ana"));
  }

  @Test
  void at_most_as_many_are_told_as_are_asked_for_the_longest_silent_of_all() {
    heartbeats.beat(CLARA, END.plusSeconds(1));
    heartbeats.beat(DARIO, END);
    heartbeats.beat(ZOE, END.plusSeconds(2));

    assertThat(heartbeats.silent(EVENING, 1)).containsExactly(DARIO);
    assertThat(heartbeats.silent(EVENING, 2)).containsExactly(DARIO, CLARA);
  }

  @Test
  void whoever_gives_a_sign_again_is_there_again() {
    heartbeats.beat(CLARA, END);
    heartbeats.beat(DARIO, END);
    assertThat(heartbeats.silent(END, 10)).containsExactly(CLARA, DARIO);

    heartbeats.beat(CLARA, END.plusSeconds(30));

    assertThat(heartbeats.silent(END, 10)).containsExactly(DARIO);
    assertThat(heartbeats.silent(END.plusSeconds(30), 10)).containsExactly(DARIO, CLARA);
  }

  @Test
  void the_last_sign_counts_also_when_it_ends_sooner() {
    heartbeats.beat(CLARA, EVENING);

    heartbeats.beat(CLARA, END);

    assertThat(heartbeats.silent(END, 10)).containsExactly(CLARA);
  }

  @Test
  void the_silent_are_told_again_until_they_are_forgotten() {
    heartbeats.beat(CLARA, END);
    heartbeats.beat(DARIO, END);
    assertThat(heartbeats.silent(END, 10)).isEqualTo(heartbeats.silent(END, 10)).hasSize(2);

    heartbeats.forget(CLARA, END);

    assertThat(heartbeats.silent(EVENING, 10)).containsExactly(DARIO);
  }

  @Test
  void whoever_has_given_a_sign_since_is_not_forgotten() {
    heartbeats.beat(CLARA, END);
    heartbeats.beat(CLARA, END.plusSeconds(30));

    heartbeats.forget(CLARA, END.plusSeconds(29));

    assertThat(heartbeats.silent(EVENING, 10)).containsExactly(CLARA);
  }

  @Test
  void one_agent_is_silent_when_they_are_told_among_the_silent() {
    heartbeats.beat(CLARA, END);

    assertThat(heartbeats.isSilent(CLARA, END.minusSeconds(1))).isFalse();
    assertThat(heartbeats.isSilent(CLARA, END)).isTrue();
    assertThat(heartbeats.isSilent(CLARA, EVENING)).isTrue();
    assertThat(heartbeats.isSilent(DARIO, EVENING)).isFalse();
  }

  @Test
  void whoever_is_forgotten_may_begin_anew() {
    heartbeats.beat(CLARA, END);
    heartbeats.forget(CLARA, EVENING);

    heartbeats.beat(CLARA, END.plusSeconds(5));

    assertThat(heartbeats.silent(END, 10)).isEmpty();
    assertThat(heartbeats.silent(END.plusSeconds(5), 10)).containsExactly(CLARA);
  }

  @Test
  void who_is_not_known_is_passed_over() {
    heartbeats.beat(ZOE, END);

    heartbeats.forget(CLARA, EVENING);
    heartbeats.forget(AgentId.of("zoe"), EVENING);

    assertThat(heartbeats.silent(END, 10)).containsExactly(ZOE);
  }

  @Test
  void ids_of_any_letters_and_lengths_are_told_apart() {
    List<AgentId> agents =
        List.of(
            AgentId.of("agent " + "x".repeat(300)),
            AgentId.of("clara"),
            AgentId.of("clara "),
            AgentId.of("Zoë “é\" ' \\ %"));

    agents.forEach(agent -> heartbeats.beat(agent, END));

    assertThat(heartbeats.silent(END, 10)).containsExactlyInAnyOrderElementsOf(agents);
  }

  @Test
  void whatever_comes_and_goes_the_silent_are_those_whose_time_is_over() {
    Random random = new Random(20_260_302L);
    Map<AgentId, Instant> ends = new HashMap<>();

    for (int step = 0; step < 300; step++) {
      AgentId agent = AgentId.of("agent-" + random.nextInt(12));
      Instant end = END.plusSeconds(random.nextInt(20));
      if (random.nextInt(4) == 0) {
        heartbeats.forget(agent, end);
        ends.computeIfPresent(agent, (any, until) -> until.isAfter(end) ? until : null);
      } else {
        heartbeats.beat(agent, end);
        ends.put(agent, end);
      }

      Instant now = END.plusSeconds(random.nextInt(20));
      assertThat(heartbeats.silent(now, 7)).as("step %d", step).isEqualTo(silent(ends, now, 7));
      assertThat(heartbeats.isSilent(agent, now))
          .as("step %d", step)
          .isEqualTo(silent(ends, now, 12).contains(agent));
    }
  }

  private static List<AgentId> silent(Map<AgentId, Instant> ends, Instant now, int limit) {
    List<AgentId> silent = new ArrayList<>(ends.keySet());
    silent.removeIf(agent -> ends.getOrDefault(agent, now).isAfter(now));
    silent.sort(
        (one, other) -> {
          int byEnd = ends.getOrDefault(one, now).compareTo(ends.getOrDefault(other, now));
          return byEnd != 0 ? byEnd : one.value().compareTo(other.value());
        });
    return silent.subList(0, Math.min(limit, silent.size()));
  }

  @RepeatedTest(3)
  void of_many_who_give_signs_at_once_everybody_is_known_once() {
    AtomicInteger next = new AtomicInteger();

    Race.run(
        8,
        () -> {
          int first = 100 + 25 * next.getAndIncrement();
          for (int i = first; i < first + 25; i++) {
            heartbeats.beat(AgentId.of("a" + i), END);
            heartbeats.beat(CLARA, END.plusSeconds(1));
          }
          return true;
        });

    List<AgentId> expected =
        new ArrayList<>(IntStream.range(100, 300).mapToObj(i -> AgentId.of("a" + i)).toList());
    expected.add(CLARA);
    assertThat(heartbeats.silent(EVENING, 1000)).isEqualTo(expected);
  }
}
