package io.engage.model.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class StrategyTest {

  @Test
  void an_offer_stands_for_a_second_at_least() {
    assertThat(Strategy.USUAL.withPatience(Duration.ofSeconds(1)).patience())
        .isEqualTo(Duration.ofSeconds(1));
    assertThatThrownBy(() -> Strategy.USUAL.withPatience(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least a second");
  }

  @Test
  @Tag("DI-4")
  void absence_may_end_at_once_and_not_sooner() {
    assertThat(Strategy.USUAL.withAway(Strategy.Away.QUEUES, Duration.ZERO).absence()).isZero();
    assertThatThrownBy(() -> Strategy.USUAL.withAway(Strategy.Away.QUEUES, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void one_part_is_changed_without_the_others() {
    Strategy strategy =
        Strategy.of(Eligibility.OMNI, Distribution.FEWEST)
            .withPatience(Duration.ofSeconds(9))
            .withAway(Strategy.Away.WAITS, Duration.ofSeconds(8));

    assertThat(strategy.with(Eligibility.IN_CALL, Distribution.RANDOM))
        .isEqualTo(
            new Strategy(
                Eligibility.IN_CALL,
                Distribution.RANDOM,
                Duration.ofSeconds(9),
                Duration.ofSeconds(8),
                Strategy.Away.WAITS));
  }

  @Test
  void an_inbox_has_no_strategy_until_somebody_says_so() {
    InboxSettings usual = InboxSettings.usual();

    assertThat(usual.strategy()).isNull();
    assertThat(usual.change().strategy(Strategy.USUAL).build().change().build().strategy())
        .isEqualTo(Strategy.USUAL);
  }

  @Test
  void from_what_rings_for_all_agents_pick() {
    assertThat(Eligibility.RING_ALL.isPicked()).isTrue();
    assertThat(Eligibility.RING_ALL_MULTIPLE.isPicked()).isTrue();
    assertThat(Eligibility.OMNI.isPicked()).isFalse();
  }
}
