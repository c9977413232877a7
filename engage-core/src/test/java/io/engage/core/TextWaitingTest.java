package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.inbox.InboxSettings.CompletedAnswered;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.model.sms.SmsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Since when a customer waits who texts. */
@Tag("DI-1")
@Tag("SM-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TextWaitingTest {
  private final TextStreet it = new TextStreet();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void whoever_texts_waits_until_an_agent_texts_back() {
    Conversation agreed = it.agreed();
    it.clara.send(agreed.id(), "Welcome.");
    it.receive("When is it ready?");
    Conversation asked = now(agreed);
    Instant came = it.street.clock.instant();
    it.street.clock.advance(Duration.ofMinutes(1));

    it.clara.send(agreed.id(), "On Friday.");

    assertThat(service(asked).waitingSince()).isEqualTo(came);
    assertThat(service(now(agreed)).waitingSince()).isNull();
    assertThat(service(now(agreed)).answeredAt()).isEqualTo(service(agreed).waitingSince());
    assertThat(service(now(agreed)).handlers()).containsExactly(Shop.CLARA.id());
  }

  @Test
  @Tag("SM-2")
  void asking_for_consent_answers_nobody_and_who_agrees_keeps_their_place() {
    it.receive("When is it ready?");
    Conversation asked = it.onlyConversation();
    it.clara.send(asked.id(), "On Friday.");
    Service requested = service(now(asked));
    it.receive("Yes");

    assertThat(asked.queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(requested).isEqualTo(service(asked));
    assertThat(service(now(asked))).isEqualTo(service(asked));
  }

  @Test
  @Tag("SM-2")
  void whoever_was_written_to_first_waits_when_they_agree_for_the_words_that_were_kept() {
    it.clara.begin(TextStreet.WORKSHOP, TextStreet.ANA, TextStreet.ANAS, "Your bike is ready.");
    Conversation begun = it.onlyConversation();

    it.receive("Yes");

    assertThat(begun.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(service(begun).arrivedAt()).isNull();
    assertThat(service(begun).takenAt()).isNotNull();
    assertThat(service(begun).handlers()).containsExactly(Shop.CLARA.id());
    assertThat(service(now(begun)).waitingSince()).isEqualTo(it.street.clock.instant());
  }

  @Test
  @Tag("SM-2")
  void a_keyword_and_its_answer_change_nothing() {
    it.receive("When is it ready?");
    Conversation asked = it.onlyConversation();

    it.receive("HELP");

    assertThat(it.street.messages(asked)).hasSizeGreaterThan(1);
    assertThat(service(now(asked))).isEqualTo(service(asked));
  }

  @Test
  void a_text_that_did_not_arrive_has_answered_nobody() {
    Conversation agreed = it.agreed();
    it.clara.send(agreed.id(), "Welcome.");
    it.engage.outbox().workOff();
    it.receive("When is it ready?");
    Instant came = it.street.clock.instant();
    it.gateway.refusing(TextStreet.ANAS, "30005", "Unknown");
    it.clara.send(agreed.id(), "On Friday.");
    Service answered = service(now(agreed));

    it.engage.outbox().workOff();

    assertThat(answered.waitingSince()).isNull();
    assertThat(service(now(agreed)).waitingSince()).isEqualTo(came);
    assertThat(service(now(agreed)).answeredAt()).isNotNull();
  }

  @Test
  void nor_has_one_of_which_the_carrier_says_so_later() {
    Conversation agreed = it.agreed();
    Instant place = service(agreed).waitingSince();
    Message text = it.clara.send(agreed.id(), "Welcome.").findValue().orElseThrow().message();
    it.engage.outbox().workOff();

    it.engage
        .sms()
        .report(
            new SmsReport(
                it.gateway.nameOf(text.id()),
                SmsReport.Status.FAILED,
                "30003",
                it.street.clock.instant()));

    assertThat(it.stored(text).state().delivery()).isEqualTo(Delivery.FAILED);
    assertThat(service(now(agreed)).waitingSince()).isEqualTo(place);
  }

  @Test
  @Tag("SM-2")
  void a_request_for_consent_that_did_not_arrive_makes_nobody_wait() {
    it.gateway.refusing(TextStreet.ANAS, "30006", "Landline");
    it.clara.begin(TextStreet.WORKSHOP, TextStreet.ANA, TextStreet.ANAS, "Your bike is ready.");
    Conversation begun = it.onlyConversation();

    it.engage.outbox().workOff();

    assertThat(it.street.lastMessage(begun).state().delivery()).isEqualTo(Delivery.FAILED);
    assertThat(service(now(begun))).isEqualTo(service(begun));
  }

  @Test
  @Tag("WK-2")
  void a_text_opens_again_what_was_completed_and_waits_since_then() {
    it.receive("When is it ready?");
    Conversation asked = it.onlyConversation();
    it.agent.complete(List.of(asked.id()));

    it.receive("Hello?");

    assertThat(now(asked).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(asked))).isEqualTo(Service.arrived(it.street.clock.instant()));
  }

  @Test
  @Tag("WK-2")
  void or_another_conversation_waits_in_its_place() {
    it.change(
        TextStreet.WORKSHOP,
        settings -> settings.completedAnswered(CompletedAnswered.OPENS_ANOTHER));
    it.receive("When is it ready?");
    Conversation asked = it.onlyConversation();
    it.agent.complete(List.of(asked.id()));

    it.receive("Hello?");

    assertThat(service(it.onlyConversation()))
        .isEqualTo(Service.arrived(it.street.clock.instant()));
    assertThat(service(now(asked)).waitingSince()).isNull();
  }

  @Test
  @Tag("SY-8")
  void a_text_that_comes_as_mail_waits_like_one_of_the_gateway() {
    it.receiveByMail("When is it ready?");

    assertThat(it.onlyConversation().queueState()).isEqualTo(QueueState.QUEUED);
  }

  @Test
  @Tag("SY-8")
  @Tag("SM-2")
  void a_keyword_that_comes_as_mail_waits_nowhere() {
    it.receiveByMail("STOP");

    assertThat(it.list(ConversationFilter.all()))
        .singleElement()
        .satisfies(each -> assertThat(service(each)).isEqualTo(Service.NONE));
  }

  private Conversation now(Conversation conversation) {
    return it.street.storage.inboxes().conversations(List.of(conversation.id())).get(0);
  }

  private static Service service(Conversation conversation) {
    return conversation.state().service();
  }
}
