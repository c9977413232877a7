package io.engage.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.RecipientCounts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class TempoTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void a_server_that_never_complains_is_sent_as_much_as_there_is() {
    Tempo tempo = Tempo.FREE.took(NOON).went(500, NOON).took(NOON.plusSeconds(2));

    assertThat(tempo.allowance(500, NOON)).isEqualTo(500);
  }

  @Test
  @Tag("G-44")
  void a_complaint_halves_what_it_took_and_complaints_of_one_moment_count_once() {
    Tempo tempo = Tempo.FREE;
    for (int i = 0; i < 40; i++) {
      tempo = tempo.took(NOON.plusMillis(i));
    }

    Tempo slowed = tempo.slowed(NOON.plusMillis(50)).slowed(NOON.plusMillis(60));

    assertThat(slowed.perSecond()).isBetween(15.0, 25.0);
    assertThat(slowed.allowance(50, NOON.plusMillis(60))).isZero();
    assertThat(slowed.allowance(50, NOON.plusMillis(200))).isEqualTo(1);
    assertThat(slowed.slowed(NOON.plusSeconds(10)).perSecond()).isLessThan(slowed.perSecond());
  }

  @Test
  void it_never_stops_altogether_and_recovers_in_peace() {
    Tempo tempo = Tempo.FREE;
    for (int i = 0; i < 100; i++) {
      tempo = tempo.slowed(NOON.plusSeconds(10L * i));
    }
    double slowest = tempo.perSecond();
    Instant now = NOON.plusSeconds(1_000);
    for (int i = 0; i < 300; i++) {
      now = now.plusSeconds(1);
      tempo = tempo.took(now);
    }

    Tempo free = tempo.took(now.plus(Duration.ofMinutes(10)));

    assertThat(slowest).isPositive();
    assertThat(tempo.perSecond()).isGreaterThan(10 * slowest);
    assertThat(free.isFree()).isTrue();
  }

  @Test
  void a_server_that_cannot_be_reached_is_left_alone_for_longer_each_time_and_then_for_good() {
    Circuit circuit = Circuit.NEW;
    int tries = 0;
    Duration last = Duration.ZERO;
    while (circuit.findTrouble().isEmpty()) {
      circuit = circuit.notReached(NOON);
      Duration pause = Duration.between(NOON, circuit.retryAt());
      assertThat(pause).isGreaterThanOrEqualTo(last);
      last = pause;
      tries++;
    }

    assertThat(tries).isEqualTo(10);
    assertThat(circuit.tookMail().findTrouble()).isEmpty();
  }

  @Test
  void a_refusal_of_us_is_trouble_at_once_and_three_recipients_who_mind_us_are_too() {
    Circuit good = Circuit.NEW.tookMail();

    assertThat(good.refusedUs().findTrouble()).isPresent();
    assertThat(good.refusedUs().tookMail().findTrouble()).isPresent();
    assertThat(good.mindedUs().mindedUs().findTrouble()).isEmpty();
    assertThat(good.mindedUs().mindedUs().mindedUs().findTrouble()).isPresent();
    assertThat(good.refusedUs().triedAnew().findTrouble()).isEmpty();
  }

  @Test
  void twenty_mails_that_were_taken_outweigh_those_who_minded() {
    Circuit circuit = Circuit.NEW.tookMail().mindedUs().mindedUs();
    for (int i = 0; i < 20; i++) {
      circuit = circuit.tookMail();
    }

    assertThat(circuit.mindedUs().mindedUs().findTrouble()).isEmpty();
  }

  @Test
  void complaints_and_dead_addresses_are_counted_against_what_was_delivered() {
    assertThat(Repute.decide(counts(1_000, 0, 2), RecipientCounts.NONE)).isEmpty();
    assertThat(Repute.decide(counts(1_000, 0, 3), RecipientCounts.NONE)).isPresent();
    assertThat(Repute.decide(counts(10_000, 0, 29), RecipientCounts.NONE)).isEmpty();
    assertThat(Repute.decide(counts(10_000, 0, 30), RecipientCounts.NONE)).isPresent();
    assertThat(Repute.decide(counts(20, 24, 0), RecipientCounts.NONE)).isEmpty();
    assertThat(Repute.decide(counts(475, 25, 0), RecipientCounts.NONE)).isPresent();
    assertThat(Repute.decide(counts(476, 25, 0), RecipientCounts.NONE)).isEmpty();
  }

  @Test
  void what_comes_after_a_resumption_is_held_against_all_that_was_delivered() {
    RecipientCounts forgiven = counts(2_000, 10, 9);

    assertThat(Repute.decide(counts(2_000, 10, 9), forgiven)).isEmpty();
    assertThat(Repute.decide(counts(1_975, 35, 12), forgiven)).isEmpty();
    assertThat(Repute.decide(counts(2_000, 10, 16), forgiven)).isPresent();
    assertThat(Repute.decide(counts(1_900, 111, 9), forgiven)).isPresent();
  }

  private static RecipientCounts counts(long sent, long rejected, long spam) {
    return new RecipientCounts(0, 0, 0, sent, 0, rejected, 0, 0, 0, spam, 0, 0);
  }
}
