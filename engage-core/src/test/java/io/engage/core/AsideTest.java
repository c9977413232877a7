package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.picturing.Touched;
import io.engage.model.conversation.ConversationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AsideTest {
  private final Aside aside = new Aside(5);

  @Test
  void what_is_put_aside_is_taken_once_and_in_its_order() {
    aside.put(conversations(0, 2));
    aside.put(conversations(2, 5));

    Touched taken = aside.take().orElseThrow();

    assertThat(taken).isEqualTo(conversations(0, 5));
    assertThat(taken.conversations().keySet())
        .containsExactlyElementsOf(conversations(0, 5).conversations().keySet());
    assertThat(aside.take()).contains(Touched.NONE);
  }

  @Test
  void everything_of_it_is_taken() {
    Touched all =
        new Touched(
            Map.of(ConversationId.of("bike"), Shop.MORNING),
            Map.of(Shop.CLARA.id(), Shop.MORNING),
            Set.of(Shop.workshop().id()),
            true);

    aside.put(all);
    aside.put(Touched.NONE);

    assertThat(aside.take()).contains(all);
    assertThat(aside.take()).contains(Touched.NONE);
  }

  @Test
  void what_is_named_again_and_again_is_kept_once_where_it_was_named_last() {
    for (int i = 0; i < 100; i++) {
      aside.put(conversations(0, 2));
      aside.put(conversations(1, 2));
      aside.put(conversations(0, 1));
    }

    Touched taken = aside.take().orElseThrow();

    assertThat(taken).isEqualTo(conversations(0, 2));
    assertThat(taken.conversations().keySet()).last().isEqualTo(ConversationId.of("c0"));
  }

  @Test
  void when_it_is_too_much_nothing_is_kept_and_that_is_said_once() {
    aside.put(conversations(0, 4));
    aside.put(conversations(4, 6));
    aside.put(conversations(6, 7));
    assertThat(aside.take()).isEmpty();

    aside.put(conversations(7, 8));

    assertThat(aside.take()).contains(conversations(7, 8));
  }

  @Test
  void what_was_lost_elsewhere_makes_the_rest_worthless() {
    aside.put(conversations(0, 1));
    aside.lose();
    aside.put(conversations(1, 2));

    assertThat(aside.take()).isEmpty();
    assertThat(aside.take()).contains(Touched.NONE);
  }

  private static Touched conversations(int from, int until) {
    return new Touched(
        IntStream.range(from, until)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> ConversationId.of("c" + i),
                    i -> Shop.MORNING.plusSeconds(i),
                    (one, other) -> one,
                    LinkedHashMap::new)),
        Map.of(),
        Set.of(),
        false);
  }
}
