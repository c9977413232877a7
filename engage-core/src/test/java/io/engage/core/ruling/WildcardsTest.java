package io.engage.core.ruling;

import static io.engage.model.rule.TextMatch.containing;
import static io.engage.model.rule.TextMatch.endingWith;
import static io.engage.model.rule.TextMatch.equalTo;
import static io.engage.model.rule.TextMatch.like;
import static io.engage.model.rule.TextMatch.startingWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.rule.TextMatch;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class WildcardsTest {

  @Test
  void texts_are_compared_in_any_case_and_however_accents_are_written() {
    assertThat(Wildcards.decide(equalTo("CAFÉ"), "cafe\u0301")).isTrue();
    assertThat(Wildcards.decide(containing("bIKe"), "My Bikes")).isTrue();
    assertThat(Wildcards.decide(startingWith("my"), "My bike")).isTrue();
    assertThat(Wildcards.decide(endingWith("@ACME.example"), "jo@acme.example")).isTrue();
    assertThat(Wildcards.decide(equalTo("bike"), "bikes")).isFalse();
    assertThat(Wildcards.decide(startingWith("bike"), "my bike")).isFalse();
    assertThat(Wildcards.decide(endingWith("my"), "my bike")).isFalse();
    assertThat(Wildcards.decide(containing("bike"), "bik")).isFalse();
  }

  @Test
  void a_star_stands_for_anything_and_a_question_mark_for_one_character() {
    assertThat(Wildcards.decide(like("*@acme.*"), "jo@acme.example")).isTrue();
    assertThat(Wildcards.decide(like("b?ke"), "bike")).isTrue();
    assertThat(Wildcards.decide(like("b?ke"), "b🚲ke")).isTrue();
    assertThat(Wildcards.decide(like("b?ke"), "bke")).isFalse();
    assertThat(Wildcards.decide(like("*"), "")).isTrue();
    assertThat(Wildcards.decide(like("a*b"), "a")).isFalse();
    assertThat(Wildcards.decide(containing("*"), "no star")).isFalse();
  }

  @Test
  void every_pattern_means_what_the_regular_expression_of_it_means() {
    Random random = new Random(5);

    for (int i = 0; i < 20_000; i++) {
      String pattern = letters(random, "ab*?", 1 + random.nextInt(8));
      String text = letters(random, "ab", random.nextInt(10));
      assertThat(Wildcards.decide(like(pattern), text))
          .as("%s in %s", pattern, text)
          .isEqualTo(Pattern.matches(pattern.replace("*", ".*").replace("?", "."), text));
    }
  }

  @Test
  void patterns_longer_than_a_machine_word_work_across_its_borders() {
    String long130 = "x".repeat(130);

    assertThat(Wildcards.decide(equalTo(long130), long130)).isTrue();
    assertThat(Wildcards.decide(containing(long130), "y" + long130 + "z")).isTrue();
    assertThat(Wildcards.decide(containing(long130), "y" + "x".repeat(129) + "z")).isFalse();
    assertThat(Wildcards.decide(like("x*" + "?".repeat(128)), long130)).isTrue();
  }

  @Test
  void a_pattern_made_to_cost_costs_no_more_than_its_length_times_the_text() {
    TextMatch hostile = like("*a".repeat(499) + "*b");
    String text = "a".repeat(1_000_000);
    long start = System.nanoTime();

    boolean found = Wildcards.decide(hostile, text);

    assertThat(found).isFalse();
    assertThat((System.nanoTime() - start) / 1_000_000_000.0)
        .as("tries that start anew would take hours")
        .isLessThan(20);
  }

  private static String letters(Random random, String of, int length) {
    return random
        .ints(length, 0, of.length())
        .mapToObj(i -> String.valueOf(of.charAt(i)))
        .collect(Collectors.joining());
  }
}
