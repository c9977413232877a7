package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import java.util.List;
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
    aside.put(entries(0, 2));
    aside.put(entries(2, 5));

    assertThat(aside.take()).contains(entries(0, 5));
    assertThat(aside.take()).contains(List.of());
  }

  @Test
  void when_it_is_too_much_nothing_is_kept_and_that_is_said_once() {
    aside.put(entries(0, 4));
    aside.put(entries(4, 6));
    aside.put(entries(6, 7));

    assertThat(aside.take()).isEmpty();
    aside.put(entries(7, 8));
    assertThat(aside.take()).contains(entries(7, 8));
  }

  @Test
  void what_was_lost_elsewhere_makes_the_rest_worthless() {
    aside.put(entries(0, 1));
    aside.lose();
    aside.put(entries(1, 2));

    assertThat(aside.take()).isEmpty();
    assertThat(aside.take()).contains(List.of());
  }

  private static List<AuditEntry> entries(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            each ->
                new AuditEntry(
                    AuditEntryId.of("entry-" + each),
                    Shop.MORNING,
                    Actor.RECEIVING,
                    AuditSubject.NONE,
                    new AuditFact.Completed()))
        .toList();
  }
}
