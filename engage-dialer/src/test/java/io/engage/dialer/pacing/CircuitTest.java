package io.engage.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class CircuitTest {

  @Test
  void the_word_on_a_mail_is_trouble_at_once() {
    assertThat(Circuit.NEW.refusedUs().findTrouble()).isPresent();
  }

  @Test
  @Tag("G-43")
  void the_word_on_one_recipient_is_none_even_when_it_is_the_first() {
    Circuit twice = Circuit.NEW.mindedUs().mindedUs();

    assertThat(twice.findTrouble()).isEmpty();
    assertThat(twice.takesOthers()).isFalse();
    assertThat(twice.mindedUs().findTrouble()).isPresent();
  }
}
