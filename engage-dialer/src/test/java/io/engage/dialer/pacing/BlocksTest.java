package io.engage.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DL-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BlocksTest {

  @Test
  void where_many_are_left_it_is_a_whole_block() {
    assertThat(Blocks.decide(500, 10, 1_000_000, 8)).isEqualTo(500);
    assertThat(Blocks.decide(500, 10, 4_000, 8)).isEqualTo(500);
  }

  @Test
  void where_few_are_left_it_is_a_share() {
    assertThat(Blocks.decide(500, 10, 2_000, 8)).isEqualTo(250);
    assertThat(Blocks.decide(500, 10, 1_001, 8)).isEqualTo(126);
  }

  @Test
  void where_hardly_any_are_left_it_is_worth_its_while() {
    assertThat(Blocks.decide(500, 10, 3, 8)).isEqualTo(10);
    assertThat(Blocks.decide(500, 10, 0, 8)).isEqualTo(10);
    assertThat(Blocks.decide(2, 1, 3, 8)).isEqualTo(1);
  }
}
