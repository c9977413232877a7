package io.engage.imap.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.sending.Pipelining.Breaks;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class PipeliningTest {
  private static final long NOW = -5;
  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void one_break_is_an_accident_and_two_in_a_row_are_none() {
    Breaks once = Pipelining.next(null, NOW);
    Breaks twice = Pipelining.next(once, NOW + HOUR);

    assertThat(Pipelining.decide(null, NOW)).isTrue();
    assertThat(Pipelining.decide(once, NOW)).isTrue();
    assertThat(Pipelining.decide(twice, NOW + HOUR)).isFalse();
  }

  @Test
  void after_an_hour_it_is_tried_again() {
    Breaks twice = Pipelining.next(Pipelining.next(null, NOW), NOW);

    assertThat(Pipelining.decide(twice, NOW + HOUR)).isFalse();
    assertThat(Pipelining.decide(twice, NOW + HOUR + 1)).isTrue();
    assertThat(Pipelining.next(twice, NOW + HOUR + 1).times()).isEqualTo(1);
  }

  @Test
  void what_went_well_is_no_longer_held_against_a_server() {
    Pipelining pipelining = new Pipelining();
    pipelining.broke();
    pipelining.wentWell();
    pipelining.broke();

    assertThat(pipelining.isTrusted()).isTrue();
  }
}
