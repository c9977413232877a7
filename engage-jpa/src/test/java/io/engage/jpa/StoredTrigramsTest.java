package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.Contains;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.testkit.SampleConversation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("WK-11")
class StoredTrigramsTest {
  private static final String LETTERS = "aAbBßẞéÉΣσςıİiI \u0000\uE0FF\uFFFD😀𐐀𐐨";

  @Test
  void whatever_piece_of_a_text_is_looked_for_the_text_has_its_trigrams() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int[] text = random.ints(30, 0, LETTERS.length()).map(LETTERS::charAt).toArray();
      String subject = new String(text, 0, text.length);
      int from = random.nextInt(20);
      String piece = subject.substring(from, from + 1 + random.nextInt(9));
      Conversation conversation = SampleConversation.of("c").about(subject).make();

      assertThat(Trigrams.of(conversation)).as(subject).containsAll(Trigrams.of(whole(piece)));
    }
  }

  /** Without half a letter at its ends, which no text has. */
  private static String whole(String piece) {
    int start = Character.isLowSurrogate(piece.charAt(0)) ? 1 : 0;
    int end = piece.length();
    return start < end && Character.isHighSurrogate(piece.charAt(end - 1))
        ? piece.substring(start, end - 1)
        : piece.substring(start, end);
  }

  @Test
  void case_does_not_matter_wherever_in_a_word_a_letter_stands() {
    assertThat(Trigrams.of("ΟΔΟΣ")).isEqualTo(Trigrams.of("οδος")).isEqualTo(Trigrams.of("οδοσ"));
    assertThat(Trigrams.of("Watch")).isEqualTo(Trigrams.of("wATCH")).isNotEmpty();
  }

  @Test
  void words_of_two_letters_can_be_anywhere() {
    assertThat(Trigrams.of("xy")).isEmpty();
    assertThat(Trigrams.needed(List.of("xy"), List.of())).isEmpty();
  }

  @Test
  void each_of_several_words_is_needed_and_one_of_alternatives() {
    Criterion watch = new Contains(TextColumn.SUBJECT, "watch");
    Criterion strap = new Contains(TextColumn.PREVIEW, "strap");

    Optional<Clause> each = Trigrams.needed(List.of("ring"), List.of(watch, strap));
    Optional<Clause> one =
        Trigrams.needed(List.of(), List.of(new Criterion.Any(List.of(watch, strap))));

    assertThat(each.orElseThrow().text()).contains(" and ").doesNotContain(" or ");
    assertThat(each.orElseThrow().arguments()).hasSize(3);
    assertThat(one.orElseThrow().text()).contains(" or ");
  }

  @Test
  void an_alternative_without_words_and_the_opposite_of_words_need_nothing() {
    Criterion watch = new Contains(TextColumn.SUBJECT, "watch");
    Criterion vip = new Criterion.Tagged("vip");

    assertThat(Trigrams.needed(List.of(), List.of(new Criterion.Any(List.of(watch, vip)))))
        .isEmpty();
    assertThat(Trigrams.needed(List.of(), List.of(new Criterion.Not(watch)))).isEmpty();
    assertThat(Trigrams.needed(List.of(), List.of(new Criterion.Any(List.of())))).isEmpty();
  }
}
