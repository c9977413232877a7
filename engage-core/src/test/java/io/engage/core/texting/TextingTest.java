package io.engage.core.texting;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.texting.TextMeasure.Alphabet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("WK-8")
class TextingTest {

  @ParameterizedTest
  @CsvSource({
    "a, 1, 1",
    "a, 160, 1",
    "a, 161, 2",
    "a, 306, 2",
    "a, 307, 3",
    "€, 80, 1",
    "€, 81, 2",
    "ж, 70, 1",
    "ж, 71, 2",
    "ж, 134, 2",
    "ж, 135, 3",
    "😀, 35, 1",
    "😀, 36, 2",
    "😀, 66, 2",
    "😀, 67, 3"
  })
  void a_text_has_as_many_segments_as_phones_make_of_it(String each, int times, int segments) {
    TextMeasure measure = Texting.decide(each.repeat(times));

    assertThat(measure.segments()).hasSize(segments);
  }

  @Test
  void national_characters_of_the_default_alphabet_cost_nothing_extra() {
    TextMeasure measure = Texting.decide("Größe Ärger Ñandú è à ñ @ £ ¥ Δ Ω");

    assertThat(measure.outsideGsm()).containsExactly("ú");
    assertThat(Texting.decide("Größe Ärger Ñ è à ñ @ £ ¥ Δ Ω\r\n").alphabet())
        .isEqualTo(Alphabet.GSM_7);
  }

  @Test
  void one_typographic_quote_makes_all_of_it_ucs_2_and_is_named() {
    TextMeasure measure = Texting.decide("It’s ready. It’s yours.");

    assertThat(measure.alphabet()).isEqualTo(Alphabet.UCS_2);
    assertThat(measure.outsideGsm()).containsExactly("’");
    assertThat(measure.length()).isEqualTo(23);
    assertThat(measure.left()).isEqualTo(47);
  }

  @Test
  void the_extension_table_counts_twice_and_is_never_parted_from_its_escape() {
    TextMeasure measure = Texting.decide("a".repeat(152) + "€" + "b".repeat(10));

    assertThat(measure.length()).isEqualTo(164);
    assertThat(measure.segments()).containsExactly("a".repeat(152), "€" + "b".repeat(10));
  }

  @Test
  void an_empty_text_is_one_empty_segment() {
    TextMeasure measure = Texting.decide("");

    assertThat(measure.segments()).containsExactly("");
    assertThat(measure.left()).isEqualTo(160);
  }

  @Test
  void whatever_is_cut_nothing_is_lost_and_no_character_is_cut_in_two() {
    Random random = new Random(7);
    List<String> alphabet = List.of("a", "€", "{", "ж", "😀", "👩‍🚒", "é", "\n");
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      int kinds = 1 + random.nextInt(alphabet.size());
      random.ints(1 + random.nextInt(400), 0, kinds).mapToObj(alphabet::get).forEach(text::append);

      TextMeasure measure = Texting.decide(text.toString());

      int capacity = measure.alphabet().capacity(measure.segments().size());
      assertThat(String.join("", measure.segments())).isEqualTo(text.toString());
      assertThat(measure.segments())
          .allSatisfy(
              each -> {
                assertThat(Character.isLowSurrogate(each.charAt(0))).isFalse();
                assertThat(Character.isHighSurrogate(each.charAt(each.length() - 1))).isFalse();
                assertThat(each.codePointCount(0, each.length())).isLessThanOrEqualTo(capacity);
              });
      assertThat(measure.left()).isBetween(0, capacity);
    }
  }
}
