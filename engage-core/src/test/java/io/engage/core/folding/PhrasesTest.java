package io.engage.core.folding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PhrasesTest {
  private static final Phrases PHRASES =
      Phrases.of("wrote", "wrote back", "a écrit", "написал", "写道", "on ");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrote",
        "Ana WROTE:",
        "He wrwrote it",
        "Ana A ÉCRIT :",
        "Анна НАПИСАЛ(а):",
        "安娜 写道：",
        "x on y"
      })
  void a_phrase_is_found_wherever_it_stands_and_however_it_is_cased(String words) {
    assertThat(PHRASES.areIn(words)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "w", "wrot", "wro te", "a ecrit", "onward", "写 道"})
  void nothing_else_is_found(String words) {
    assertThat(PHRASES.areIn(words)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Wrote it", "On Monday", "写道：", "wrote back at once"})
  void a_phrase_may_start_a_line(String words) {
    assertThat(PHRASES.start(words)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "o", "Ana wrote", "only"})
  void other_lines_start_with_none(String words) {
    assertThat(PHRASES.start(words)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrote back", "Wrote Back soon"})
  void the_longest_phrase_counts(String words) {
    assertThat(PHRASES.lengthAtStart(words)).isEqualTo("wrote back".length());
  }
}
