package io.engage.core.answering;

import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.queue.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-1")
@Tag("WK-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnansweringTest {
  private static final Instant NOW = MORNING.plus(Duration.ofHours(2));

  private final Conversation open = Shop.conversation("bike", Shop.workshop(), Shop.ANA);

  @Test
  void the_customer_waits_since_the_first_message_that_nobody_answered() {
    Conversation asked = open.awaited(at(0), NOW);
    Conversation answered =
        asked
            .answered(CLARA.id(), at(10))
            .awaited(at(20), NOW)
            .awaited(at(30), NOW)
            .answered(CLARA.id(), at(40));

    Service after =
        without(answered, ours(40), theirs(30), theirs(20), ours(10), theirs(0)).state().service();

    assertThat(after.waitingSince()).isEqualTo(at(20));
    assertThat(after.answeredAt()).isEqualTo(at(10));
    assertThat(after.arrivedAt()).isEqualTo(at(0));
  }

  @Test
  void what_was_before_it_was_opened_again_does_not_count() {
    Conversation again =
        open.awaited(at(0), NOW)
            .completed(at(5))
            .awaited(at(20), at(20))
            .answered(CLARA.id(), at(40));

    Service after = without(again, ours(40), theirs(20), ours(4), theirs(0)).state().service();

    assertThat(after.waitingSince()).isEqualTo(at(20));
    assertThat(after.answeredAt()).isNull();
  }

  @Test
  void whoever_wrote_after_the_answer_waits_no_later_than_they_did() {
    Conversation answered =
        open.awaited(at(0), NOW).answered(CLARA.id(), at(10)).awaited(at(20), NOW);

    Service after = without(answered, ours(10), theirs(20), theirs(0)).state().service();

    assertThat(after.waitingSince()).isEqualTo(at(0));
  }

  @Test
  void automatic_mail_between_asks_nothing_and_answers_nothing() {
    Conversation answered = open.awaited(at(0), NOW).answered(CLARA.id(), at(10));

    Service after =
        without(
                answered,
                ours(10),
                of(ours(5), MessageKind.AUTO_REPLY),
                of(theirs(7), MessageKind.OUT_OF_OFFICE),
                theirs(0))
            .state()
            .service();

    assertThat(after.waitingSince()).isEqualTo(at(0));
    assertThat(after.answeredAt()).isNull();
  }

  @Test
  void what_was_given_back_and_has_no_assignee_is_not_forgotten() {
    Conversation given =
        open.awaited(at(0), NOW)
            .taken(CLARA.id(), at(1))
            .answered(CLARA.id(), at(2))
            .givenBack(at(30))
            .answered(CLARA.id(), at(40));
    Conversation taken = given.taken(CLARA.id(), at(41));

    Service nobodys = without(given, ours(40), ours(2), theirs(0)).state().service();
    Service claras = without(taken, ours(40), ours(2), theirs(0)).state().service();

    assertThat(nobodys.waitingSince()).isEqualTo(NOW);
    assertThat(claras.waitingSince()).isNull();
  }

  @Test
  void where_nobody_ever_waited_nobody_does() {
    Conversation begun = open.answered(CLARA.id(), at(10));

    Service after = without(begun, ours(10), of(theirs(0), MessageKind.BULK)).state().service();

    assertThat(after.waitingSince()).isNull();
  }

  @Test
  void an_answer_that_failed_has_answered_nobody() {
    Conversation answered =
        open.awaited(at(0), NOW).answered(CLARA.id(), at(10)).answered(CLARA.id(), at(20));
    Message failed = ours(10);

    Service after =
        without(
                answered,
                ours(20),
                failed.withState(failed.state().withDelivery(Delivery.FAILED)),
                theirs(0))
            .state()
            .service();

    assertThat(after.waitingSince()).isEqualTo(at(0));
    assertThat(after.answeredAt()).isNull();
  }

  @Test
  void what_is_completed_or_beside_another_or_empty_makes_nobody_wait() {
    Conversation completed =
        open.awaited(at(0), NOW).answered(CLARA.id(), at(10)).completed(at(11));
    Conversation side = open.withExchange(open.exchange().besides(ConversationId.of("other")));
    Conversation begun = open.withCounts(0, 0).taken(CLARA.id(), at(10));

    assertThat(without(completed, ours(10), theirs(0)).state().service())
        .satisfies(
            after -> {
              assertThat(after.waitingSince()).isNull();
              assertThat(after.answeredAt()).isNull();
            });
    assertThat(without(side, ours(10), theirs(0))).isEqualTo(side);
    assertThat(without(begun, ours(10)).state().service().waitingSince()).isNull();
  }

  @Test
  void a_mail_with_a_clock_of_its_own_puts_nobody_into_the_future() {
    Conversation answered = open.awaited(at(9999), at(0)).answered(CLARA.id(), at(10));

    Service after = without(answered, ours(10), theirs(9999)).state().service();

    assertThat(after.waitingSince()).isEqualTo(NOW);
  }

  @Test
  void whatever_was_written_before_it_is_as_if_the_answer_had_never_been() {
    Random random = new Random(20_260_302);
    for (int round = 0; round < 500; round++) {
      Conversation before = open;
      Message[] others = new Message[random.nextInt(6) + 1];
      others[0] = theirs(0);
      before = before.awaited(at(0), NOW);
      for (int i = 1; i < others.length; i++) {
        boolean ours = random.nextBoolean();
        others[i] = ours ? ours(i) : theirs(i);
        before = ours ? before.answered(CLARA.id(), at(i)) : before.awaited(at(i), NOW);
      }
      before = before.taken(CLARA.id(), at(50));
      Conversation answered = before.answered(CLARA.id(), at(60));

      Conversation after = Unanswering.decide(answered, ours(60), Arrays.asList(others), NOW);

      assertThat(after).as("round %d", round).isEqualTo(before);
    }
  }

  private static Conversation without(Conversation conversation, Message gone, Message... others) {
    return Unanswering.decide(conversation, gone, List.of(others), NOW);
  }

  private static Instant at(int minute) {
    return MORNING.plus(Duration.ofMinutes(minute));
  }

  private Message theirs(int minute) {
    Shop.Mail mail = Shop.from(Shop.ANA).to(Shop.workshop());
    return at(minute, Shop.message("m" + minute, open, mail.headers()));
  }

  private Message ours(int minute) {
    Shop.Mail mail = Shop.from(Shop.workshop().sender()).to(Shop.ANA);
    return at(minute, Shop.sent("m" + minute, open, mail.headers()));
  }

  private static Message at(int minute, Message it) {
    return with(it, it.kind(), at(minute));
  }

  private static Message of(Message it, MessageKind kind) {
    return with(it, kind, it.at());
  }

  private static Message with(Message it, MessageKind kind, Instant at) {
    return new Message(
        it.id(),
        it.conversation(),
        it.inbox(),
        it.channel(),
        it.direction(),
        kind,
        it.trust(),
        it.headers(),
        it.phone(),
        it.preview(),
        it.attachments(),
        it.source(),
        at,
        it.state(),
        it.version());
  }
}
