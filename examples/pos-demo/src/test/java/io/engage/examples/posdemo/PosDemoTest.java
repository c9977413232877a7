package io.engage.examples.posdemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.OpenedMessage;
import io.engage.core.SyncReport;
import io.engage.examples.posdemo.Narrator.Answer;
import io.engage.model.audit.AuditEntry;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.TrustLevel;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PosDemoTest {
  private static Morning.Day day;

  @BeforeAll
  static void play() {
    try (Shop shop = Shop.open()) {
      day =
          Morning.play(shop, new ConsoleNarrator(new PrintStream(OutputStream.nullOutputStream())));
    }
  }

  @Test
  @Tag("SY-1")
  void the_weekends_mail_comes_in_once() {
    assertThat(day.arriving().first()).extracting(SyncReport::imported).containsExactly(25, 6);
    assertThat(day.arriving().again()).extracting(SyncReport::imported).containsExactly(0, 0);
    assertThat(day.arriving().again()).extracting(SyncReport::commits).containsExactly(0, 0);
  }

  @Test
  @Tag("IN-4")
  void a_mail_to_two_stores_of_one_account_is_two_conversations() {
    assertThat(day.arriving().open())
        .filteredOn(each -> each.subject().startsWith("Folding bike"))
        .extracting(each -> each.inbox().value())
        .containsExactlyInAnyOrder("downtown", "harbour");
    assertThat(day.tidying().stillOpenAtHarbour()).hasSize(1);
  }

  @Test
  @Tag("SY-7")
  void automatic_mail_opens_nothing() {
    assertThat(day.arriving().filedApart())
        .allMatch(each -> each.isCompleted())
        .extracting(each -> each.subject())
        .containsExactly(
            "Read: Your invoice 2026-120",
            "Automatic reply: Spring sale at Ridgeway",
            "Undelivered Mail Returned to Sender");
  }

  @Test
  @Tag("SY-8")
  void a_text_message_by_mail_is_linked_by_its_number() {
    OpenedMessage sms = day.reading().opened().sms();

    assertThat(sms.message().preview()).isEqualTo("Is my Tourer on your list for Monday? Ana");
    assertThat(sms.conversation().findCustomer()).hasToString("Optional[K1001]");
  }

  @Test
  @Tag("G-22")
  void a_forged_customer_is_linked_to_nobody() {
    OpenedMessage spoofed = day.reading().opened().spoofed();

    assertThat(spoofed.message().trust()).isEqualTo(TrustLevel.SUSPICIOUS);
    assertThat(spoofed.conversation().findCustomer()).isEmpty();
    assertThat(day.tidying().historyOfAna())
        .extracting(Message::id)
        .doesNotContain(spoofed.message().id());
  }

  @Test
  @Tag("WK-5")
  @Tag("G-30")
  void the_answer_arrives_with_our_thread_headers() {
    ArrivedMail arrived = day.answering().arrived().get(0);

    assertThat(arrived.thread().messageId())
        .isEqualTo(day.answering().sent().headers().messageId().bracketed());
    assertThat(arrived.thread().inReplyTo()).isEqualTo("<brake-2@mail.example>");
    assertThat(arrived.thread().references())
        .isEqualTo("<brake-1@mail.example> <brake-2@mail.example>");
  }

  @Test
  @Tag("TH-1")
  @Tag("WK-2")
  void the_customers_answer_joins_and_reopens_the_conversation() {
    assertThat(day.answering().answer().conversation()).isEqualTo(day.answering().completed().id());
    assertThat(day.answering().completed().isCompleted()).isTrue();
    assertThat(day.answering().joined().isCompleted()).isFalse();
  }

  @Test
  @Tag("SY-7")
  void an_answer_that_comes_back_says_so() {
    assertThat(day.answering().bounced().state().delivery()).isEqualTo(Delivery.BOUNCED);
  }

  @Test
  @Tag("WK-1")
  void a_bulk_action_answers_for_each_conversation() {
    assertThat(day.tidying().completed())
        .extracting(Answer::answer)
        .containsExactly("done", "done", "done", "was so already");
  }

  @Test
  @Tag("SY-5")
  void what_is_deleted_is_gone_on_the_server_and_does_not_come_back() {
    assertThat(day.tidying().deletion().deleted())
        .extracting(Answer::answer)
        .containsExactly("done");
    assertThat(day.tidying().deletion().onServer()).isFalse();
    assertThat(day.tidying().deletion().afterwards().imported()).isZero();
  }

  @Test
  @Tag("WK-10")
  void the_trail_tells_who_did_what() {
    assertThat(day.tidying().trail())
        .extracting(AuditEntry::actor)
        .extracting(actor -> actor.name())
        .contains("Engage", "Mara Lindqvist", "Jonas Weber");
  }

  @Test
  void the_smoke_run_ends_with_0_and_says_what_it_checked() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();

    int code = PosDemo.run(List.of("--smoke"), new PrintStream(told, true, StandardCharsets.UTF_8));

    assertThat(told.toString(StandardCharsets.UTF_8)).contains("checks hold", "Замена цепи");
    assertThat(code).isZero();
  }

  @Test
  void two_mornings_tell_the_same() {
    String first = lastMinuteCut(told());

    String second = lastMinuteCut(told());

    assertThat(second).isEqualTo(first);
  }

  @Test
  void the_smoke_check_notices_a_morning_that_went_differently() {
    Morning.Day other =
        new Morning.Day(
            new Arriving.Result(
                31,
                day.arriving().first(),
                day.arriving().again(),
                day.arriving().open(),
                day.arriving().filedApart()),
            day.reading(),
            day.answering(),
            day.tidying());

    assertThatThrownBy(() -> Smoke.check(other)).hasMessageContaining("32 mails wait");
  }

  @Test
  void an_unknown_argument_is_refused_with_2() {
    int code = PosDemo.run(List.of("--smok"), new PrintStream(OutputStream.nullOutputStream()));

    assertThat(code).isEqualTo(2);
  }

  private static String told() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PosDemo.run(List.of(), new PrintStream(told, true, StandardCharsets.UTF_8));
    return told.toString(StandardCharsets.UTF_8);
  }

  /** All but how long it took. */
  private static String lastMinuteCut(String told) {
    return told.substring(0, told.indexOf("That was a morning"));
  }
}
