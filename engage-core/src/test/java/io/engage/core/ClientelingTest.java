package io.engage.core;

import static io.engage.core.TextStreet.OURS;
import static io.engage.core.TextStreet.SECOND;
import static io.engage.core.TextStreet.SHOP;
import static io.engage.core.TextStreet.WORKSHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.PhoneNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.sms.SmsLine;
import io.engage.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator says about numbers, where their calls go, and words. */
class ClientelingTest {
  private static final PhoneNumber RIGHT = PhoneNumber.of("+14155550199");

  private final TextStreet texts = new TextStreet();

  @AfterEach
  void close() {
    texts.close();
  }

  @Test
  @Tag("SM-1")
  void where_calls_go_is_corrected() {
    Outcome<Inbox> corrected = texts.clienteling.forwardCalls(WORKSHOP, "(415) 555-0199");
    texts.engage.outbox().workOff();

    assertThat(corrected.findValue().map(Inbox::settings).orElseThrow().sms())
        .isEqualTo(new SmsLine(OURS, RIGHT, true));
    assertThat(texts.gateway.forwardedCalls()).containsEntry(OURS, RIGHT);
    assertThat(texts.clienteling.forwardCalls(WORKSHOP, "(415) 555-0199"))
        .isInstanceOf(Outcome.AlreadySo.class);
    assertThat(texts.clienteling.forwardCalls(SHOP, "(415) 555-0199"))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(texts.clienteling.forwardCalls(WORKSHOP, "12")).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-1")
  void a_forwarding_that_is_tried_again_does_not_undo_its_correction() {
    texts.gateway.failNext(1);
    texts.engage.outbox().workOff();
    texts.clienteling.forwardCalls(WORKSHOP, "(415) 555-0199");

    for (int round = 0; round < 3; round++) {
      texts.engage.outbox().workOff();
      texts.street.clock.advance(Duration.ofHours(1));
    }

    assertThat(texts.gateway.forwardedCalls()).containsEntry(OURS, RIGHT);
  }

  @Test
  @Tag("SM-1")
  void calls_do_not_go_round_in_a_circle() {
    Outcome<Inbox> toItself = texts.clienteling.forwardCalls(WORKSHOP, OURS.value());
    Outcome<Inbox> toAnother = texts.clienteling.onboard(SHOP, SECOND, OURS.value(), true);
    Outcome<Inbox> toOwn = texts.clienteling.onboard(SHOP, SECOND, SECOND.value(), true);

    assertThat(List.of(toItself, toAnother, toOwn))
        .allSatisfy(outcome -> assertThat(outcome.toString()).contains("circle"));
  }

  @Test
  @Tag("SM-1")
  void of_two_nodes_that_give_a_number_away_at_once_one_is_refused() {
    for (int round = 0; round < 20; round++) {
      try (TextStreet fresh = TextStreet.withoutNumber();
          Engage other = fresh.node(fresh.street.storage)) {
        AtomicInteger callers = new AtomicInteger();

        List<Outcome<Inbox>> outcomes =
            Race.run(
                2,
                () ->
                    callers.getAndIncrement() == 0
                        ? fresh.clienteling.onboard(SHOP, SECOND, "(415) 555-0191", true)
                        : other
                            .clientelingOf(Shop.CLARA)
                            .onboard(WORKSHOP, SECOND, "(415) 555-0192", true));

        assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
        assertThat(outcomes).filteredOn(Outcome.Refused.class::isInstance).hasSize(1);
        assertThat(fresh.clienteling.onboarded()).hasSize(1);
      }
    }
  }

  @Test
  @Tag("SM-1")
  void several_are_enabled_in_one_commit() {
    texts.clienteling.onboard(SHOP, SECOND, "(415) 555-0191", false);
    Map<InboxId, Outcome<Inbox>> outcomes = texts.clienteling.enable(List.of(SHOP, SHOP, WORKSHOP));

    assertThat(outcomes.keySet()).containsExactly(SHOP, WORKSHOP);
    assertThat(outcomes.get(SHOP).isDone()).isTrue();
    assertThat(outcomes.get(WORKSHOP)).isInstanceOf(Outcome.AlreadySo.class);
  }

  @Test
  @Tag("SM-3")
  void a_field_is_not_put_together_from_two_texts() {
    Outcome<?> outcome = texts.clienteling.changeAnswers("Ask ${", "inbox.name} says goodbye");

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "Help!", "START", "un-stop", "  ", "?"})
  @Tag("SM-2")
  void no_local_word_ends_consent_that_means_something_else_or_nothing(String word) {
    Outcome<?> outcome = texts.clienteling.changeWords(List.of("halt", word), List.of());

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(texts.clienteling.policy().findValue().orElseThrow().stopWords()).isEmpty();
  }

  @Test
  @Tag("SM-2")
  void no_local_word_both_ends_and_gives_consent() {
    assertThat(texts.clienteling.changeWords(List.of("Basta"), List.of("basta!")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(texts.clienteling.changeWords(List.of(), List.of("stop")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(texts.clienteling.changeWords(List.of("Basta", "stop"), List.of("si")).isDone())
        .isTrue();
  }
}
