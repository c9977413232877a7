package io.engage.core.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Draws with fixed seeds, measured by the sum of squared differences from what the weights say,
 * each over what they say (chi squared). With four free members the sum is above 18.47, with two
 * above 13.82, once in a thousand times when nothing is wrong.
 */
@Tag("DI-2")
class FairnessTest {
  private static final int DRAWS = 60_000;
  private static final double ONCE_IN_A_THOUSAND_OF_5 = 18.47;
  private static final double ONCE_IN_A_THOUSAND_OF_3 = 13.82;
  private static final Map<String, Integer> PENALTIES =
      new TreeMap<>(Map.of("ana", 0, "ben", 25, "eva", 50, "luis", 75, "mia", 100));

  @Test
  void wrandom_gives_by_penalty_so_that_a_higher_one_gets_fewer() {
    Map<String, Integer> given = draws(workshop(Distribution.WEIGHTED_RANDOM), new Random(1));

    assertThat(chiSquared(given, Map.of("ana", 101, "ben", 76, "eva", 51, "luis", 26, "mia", 1)))
        .isLessThan(ONCE_IN_A_THOUSAND_OF_5);
    assertThat(given.get("ana")).isGreaterThan(given.get("ben"));
    assertThat(given.get("luis")).isGreaterThan(given.get("mia"));
    assertThat(given.get("mia")).isPositive();
  }

  @Test
  void wrandom_among_those_who_can_goes_by_the_same_weights() {
    Workshop workshop =
        workshop(Distribution.WEIGHTED_RANDOM)
            .onBreak("ana")
            .declined("watch", Duration.ofMinutes(1), "luis");

    Map<String, Integer> given = draws(workshop, new Random(2));

    assertThat(chiSquared(given, Map.of("ben", 76, "eva", 51, "mia", 1)))
        .isLessThan(ONCE_IN_A_THOUSAND_OF_3);
  }

  @Test
  void random_gives_to_everybody_alike_whatever_their_penalty() {
    Map<String, Integer> given = draws(workshop(Distribution.RANDOM), new Random(3));

    assertThat(chiSquared(given, Map.of("ana", 1, "ben", 1, "eva", 1, "luis", 1, "mia", 1)))
        .isLessThan(ONCE_IN_A_THOUSAND_OF_5);
  }

  @Test
  void the_draws_of_one_plan_go_by_the_weights_too() {
    Workshop workshop = workshop(Distribution.WEIGHTED_RANDOM).limit(Integer.MAX_VALUE);
    for (int i = 0; i < 300; i++) {
      workshop.waiting("clock" + i);
    }
    Random random = new Random(4);
    Map<String, Integer> given = new TreeMap<>();

    for (int plan = 0; plan < 200; plan++) {
      count(Queueing.decide(workshop.situation(), random), given);
    }

    assertThat(chiSquared(given, Map.of("ana", 101, "ben", 76, "eva", 51, "luis", 26, "mia", 1)))
        .isLessThan(ONCE_IN_A_THOUSAND_OF_5);
  }

  @Test
  void who_declined_one_is_drawn_for_the_next_as_if_nothing_had_been() {
    Workshop workshop =
        workshop(Distribution.WEIGHTED_RANDOM)
            .waiting("clock")
            .declined("watch", Duration.ofMinutes(1), "ana", "ben");
    Random random = new Random(5);
    Map<String, Integer> given = new TreeMap<>();

    for (int draw = 0; draw < DRAWS; draw++) {
      AgentId second = Queueing.decide(workshop.situation(), random).offers().get(1).to().id();
      given.merge(second.value(), 1, Integer::sum);
    }

    assertThat(chiSquared(given, Map.of("ana", 101, "ben", 76, "eva", 51, "luis", 26, "mia", 1)))
        .isLessThan(ONCE_IN_A_THOUSAND_OF_5);
  }

  @Test
  void the_same_chance_makes_the_same_plan() {
    Situation situation = workshop(Distribution.RANDOM).waiting("clock", "ring").situation();

    assertThat(Queueing.decide(situation, new Random(6)))
        .isEqualTo(Queueing.decide(situation, new Random(6)));
  }

  private static Workshop workshop(Distribution distribution) {
    Workshop workshop = Workshop.with(Eligibility.NO_CALL, distribution).limit(9);
    PENALTIES.forEach((name, penalty) -> workshop.member(new Member(AgentId.of(name), penalty)));
    return workshop.waiting("watch");
  }

  private static Map<String, Integer> draws(Workshop workshop, RandomGenerator random) {
    Situation situation = workshop.situation();
    Map<String, Integer> given = new TreeMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      count(Queueing.decide(situation, random), given);
    }
    return given;
  }

  private static void count(QueuePlan plan, Map<String, Integer> given) {
    List<QueuePlan.Planned> offers = plan.offers();
    offers.forEach(each -> given.merge(each.to().id().value(), 1, Integer::sum));
  }

  private static double chiSquared(Map<String, Integer> given, Map<String, Integer> weights) {
    assertThat(weights.keySet()).containsAll(given.keySet());
    double all = given.values().stream().mapToInt(each -> each).sum();
    double weight = weights.values().stream().mapToInt(each -> each).sum();
    double sum = 0;
    for (Map.Entry<String, Integer> each : weights.entrySet()) {
      double expected = all * each.getValue() / weight;
      double off = given.getOrDefault(each.getKey(), 0) - expected;
      sum += off * off / expected;
    }
    return sum;
  }
}
