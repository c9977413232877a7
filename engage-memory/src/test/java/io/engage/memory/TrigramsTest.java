package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Conversation.Exchange;
import io.engage.testkit.SampleConversation;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrigramsTest {
  private static final String LETTERS =
      "abcXYZ 0149\u00e4\u00c4\u00df\u00b5\u039c\u03bc\u0130\u0131\u017f\u212a";

  @Test
  void whatever_is_found_in_a_text_in_any_case_is_not_left_out() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 20_000; round++) {
      String text = text(random, 30);
      String word = inOtherCase(random, text);

      boolean mayBe =
          Trigrams.of(word).mayBeIn(Trigrams.of(SampleConversation.of("c1").about(text).make()));

      assertThat(mayBe || !Text.contains(text, word)).as("%s in %s", word, text).isTrue();
    }
  }

  @Test
  void letters_outside_of_the_first_plane_are_found_in_any_case() {
    Trigrams small = Trigrams.of("ab\ud801\udc28cd");

    assertThat(small.mayBeIn(Trigrams.of("xab\ud801\udc00cdx"))).isTrue();
  }

  @Test
  void everything_that_is_searched_counts() {
    Conversation conversation =
        SampleConversation.of("c1")
            .about("Saddle")
            .make()
            .withExchange(Exchange.NONE.withNewest("Carla", "about the wheel"));
    Trigrams all = Trigrams.of(conversation);

    assertThat(List.of("SADDLE", "carla", "the wheel", "ana@example.com", "a", ""))
        .allMatch(word -> Trigrams.of(word).mayBeIn(all));
    assertThat(Trigrams.of("zanzibar").mayBeIn(all)).isFalse();
  }

  @Test
  void hardly_any_conversation_is_looked_through_for_a_word_that_nobody_wrote() {
    Random random = new Random(4711);
    List<Trigrams> all =
        IntStream.range(0, 1000)
            .mapToObj(i -> SampleConversation.of("c" + i).about(words(random)).make())
            .map(Trigrams::of)
            .toList();

    assertThat(all.stream().filter(Trigrams.of("zanzibar")::mayBeIn)).hasSizeLessThan(50);
  }

  private static String words(Random random) {
    return IntStream.range(0, 40)
        .mapToObj(i -> Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36))
        .reduce("", (one, other) -> one + " " + other);
  }

  private static String text(Random random, int length) {
    return IntStream.range(0, random.nextInt(length))
        .mapToObj(i -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))))
        .reduce("", String::concat);
  }

  private static String inOtherCase(Random random, String text) {
    int start = random.nextInt(text.length() + 1);
    String piece = text.substring(start, start + random.nextInt(text.length() - start + 1));
    return random.nextBoolean()
        ? piece.toUpperCase(Locale.ROOT)
        : random.nextBoolean() ? piece.toLowerCase(Locale.ROOT) : piece;
  }
}
