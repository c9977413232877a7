package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.jpa.forms.HostileTexts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class TextsTest {
  /** As a database with collation "C" compares. */
  private static final Comparator<String> BY_BYTES =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  @Test
  void what_no_column_holds_is_escaped_and_nothing_is_lost() {
    List<String> keys = HostileTexts.ALL.stream().map(Texts::key).toList();

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).allSatisfy(key -> assertThat(key).doesNotContain("\0"));
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(key));
    assertThat(keys.stream().map(Texts::text).toList()).isEqualTo(HostileTexts.ALL);
  }

  @Test
  void ordinary_texts_stand_as_they_are() {
    assertThat(Texts.key("Re: “strap” é 😀 中")).isEqualTo("Re: “strap” é 😀 中");
  }

  @Test
  void keys_are_in_the_order_of_java_for_databases_that_compare_bytes_and_for_those_that_do_not() {
    Random random = new Random(7);
    List<String> texts = IntStream.range(0, 2000).mapToObj(i -> text(random)).distinct().toList();

    List<String> sorted = texts.stream().sorted().toList();

    assertThat(texts.stream().map(Texts::key).sorted(BY_BYTES).map(Texts::text).toList())
        .isEqualTo(sorted);
    assertThat(texts.stream().map(Texts::key).sorted().map(Texts::text).toList()).isEqualTo(sorted);
  }

  private static String text(Random random) {
    List<String> letters =
        List.of("a", "é", "中", "\ud7ff", "\ue000", "！", "\ufffd", "😀", "\ud800\udc00");
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(letters.get(random.nextInt(letters.size())));
    }
    return text.toString();
  }
}
