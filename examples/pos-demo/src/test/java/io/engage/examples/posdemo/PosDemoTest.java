package io.engage.examples.posdemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.core.OpenedMessage;
import io.engage.core.SyncReport;
import io.engage.examples.posdemo.Narrator.Answer;
import io.engage.model.audit.AuditEntry;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Rating;
import io.engage.model.message.TrustLevel;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.Obstacle;
import io.engage.model.sms.SmsConsent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PosDemoTest {
  private static Morning.Day day;
  private static Afternoon.Day afternoon;
  private static Evening.Day evening;

  private static Returning.Result nextDay;

  @TempDir private Path folder;

  @BeforeAll
  static void play(@TempDir Path files) {
    Narrator silent = new ConsoleNarrator(new PrintStream(OutputStream.nullOutputStream()));
    String database = "jdbc:h2:" + files.resolve("shop");
    try (ShopStore store = ShopStore.at(database);
        Shop shop = Shop.open(store)) {
      day = Morning.play(shop, silent);
      afternoon = Afternoon.play(shop, silent);
      evening = Evening.play(shop, silent);
    }
    try (ShopStore store = ShopStore.at(database);
        Shop shop = Shop.open(store)) {
      nextDay = Returning.play(shop, silent);
    }
  }

  @Test
  @Tag("PO-2")
  void the_next_day_finds_everything_as_it_was_left() {
    assertThat(SmokeReturning.check(nextDay)).isPositive();
    assertThat(nextDay.trail().isIntact()).isTrue();
  }

  @Test
  @Tag("DL-10")
  @Tag("DL-11")
  void a_mailing_moves_the_seven_counters() {
    assertThat(evening.mailing().counts())
        .extracting(
            RecipientCounts::processed,
            RecipientCounts::notProcessed,
            RecipientCounts::sent,
            RecipientCounts::failed,
            RecipientCounts::seen,
            RecipientCounts::rejected,
            RecipientCounts::spam)
        .containsExactly(
            tuple(1L, 5L, 0L, 1L, 0L, 0L, 0L),
            tuple(6L, 0L, 5L, 1L, 0L, 0L, 0L),
            tuple(6L, 0L, 4L, 1L, 1L, 1L, 1L));
  }

  @Test
  @Tag("DL-8")
  @Tag("DL-13")
  void answers_to_a_mailing_arrive_and_who_wants_none_gets_no_other() {
    assertThat(evening.mailing().answer().findCampaign()).isPresent();
    assertThat(evening.mailing().answer().findCustomer()).hasToString("Optional[K1001]");
    assertThat(evening.mailing().again().suppressed()).isEqualTo(3);
  }

  @Test
  @Tag("DI-4")
  void what_waits_is_offered_to_who_is_free_and_what_is_declined_keeps_its_place() {
    Distributing.Result result = evening.distributing();

    assertThat(result.whyNot())
        .containsEntry(Shop.JONAS.id(), Obstacle.AT_THE_LIMIT)
        .containsEntry(Shop.MARA.id(), Obstacle.ON_BREAK);
    assertThat(result.declined().state().service().waitingSince())
        .isEqualTo(result.second().state().service().waitingSince());
    assertThat(result.again().id()).isEqualTo(result.second().id());
  }

  @Test
  @Tag("DI-5")
  void a_supervisor_sees_it_happen() {
    InboxPicture seen = evening.distributing().seen();

    assertThat(seen.name()).isEqualTo("Ridgeway Harbour");
    assertThat(seen.now().active()).isPositive();
    assertThat(seen.agents())
        .extracting(AgentPicture::name, AgentPicture::active, AgentPicture::offered)
        .contains(tuple("Jonas Weber", 1, 0), tuple("Mara Lindqvist", 0, 1));
  }

  @Test
  @Tag("DI-7")
  void a_recording_is_found_and_printed() {
    assertThat(evening.distributing().found()).extracting(Conversation::id).hasSize(1);
    assertThat(evening.distributing().page())
        .contains("It is here. Come when you like.", "Ridgeway Harbour", "Jonas Weber")
        .doesNotContain("<script");
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
  @Tag("IN-3")
  void a_mistyped_password_is_refused_in_plain_words_and_the_right_one_is_green() {
    assertThat(afternoon.opening().refusal())
        .contains("did not accept user and password")
        .doesNotContain("rentels");
    assertThat(afternoon.opening().nothingStored()).isTrue();
    assertThat(afternoon.opening().check().isGreen()).isTrue();
  }

  @Test
  @Tag("IN-11")
  void who_writes_to_rentals_gets_one_confirmation() {
    assertThat(afternoon.renting().confirmations())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.from()).isEqualTo("Ridgeway Rentals <rentals@ridgeway.example>");
              assertThat(mail.text()).startsWith("Dear Omar Haddad,");
            });
  }

  @Test
  @Tag("TH-5")
  void a_rule_is_tried_before_it_goes_live() {
    assertThat(afternoon.renting().replay().differences()).hasSize(1);
    assertThat(afternoon.renting().changedByReplay()).isFalse();
    assertThat(afternoon.renting().ruled().state().tags()).containsExactly("tandem");
    assertThat(afternoon.renting().ruled().findAssignee()).contains(Shop.PRIYA.id());
  }

  @Test
  @Tag("WK-11")
  void a_filter_finds_what_is_meant_and_a_mistyped_one_says_where() {
    assertThat(afternoon.renting().found())
        .extracting(each -> each.subject())
        .containsExactly("Two bikes for Saturday");
    assertThat(afternoon.renting().mistake()).containsPattern("[0-9]");
  }

  @Test
  @Tag("WK-9")
  void an_answer_that_was_taken_back_never_went() {
    assertThat(afternoon.writing().beforeTheWindow()).isEqualTo(1);
    assertThat(afternoon.writing().arrived())
        .extracting(ArrivedMail::text)
        .last()
        .asString()
        .startsWith("Yes, we have two. Come at ten.");
  }

  @Test
  @Tag("WK-15")
  void a_link_that_is_followed_rates_nothing_and_the_button_does() {
    assertThat(afternoon.writing().ratedByLooking()).isEmpty();
    assertThat(afternoon.writing().rating()).map(Rating::stars).contains(4);
  }

  @Test
  @Tag("WK-6")
  @Tag("G-23")
  void a_forward_and_its_answer_stand_beside_the_conversation() {
    assertThat(afternoon.writing().forwarded()).hasSize(1);
    assertThat(afternoon.writing().side().messages()).isEqualTo(2);
    assertThat(afternoon.writing().lenas().messages()).isEqualTo(2);
  }

  @Test
  @Tag("WK-4")
  void what_has_to_be_done_is_in_the_till_and_the_workshop_has_the_conversation() {
    assertThat(afternoon.planning().transferred().inbox().value()).isEqualTo("workshop");
    assertThat(afternoon.planning().transferred().state().tags()).contains("wedding");
    assertThat(afternoon.planning().notes()).hasSize(1);
    assertThat(afternoon.planning().toDos()).hasSize(1);
    assertThat(afternoon.planning().appointments()).hasSize(1);
  }

  @Test
  @Tag("SM-2")
  void a_customer_is_asked_before_they_are_texted_and_stop_counts_at_once() {
    assertThat(afternoon.texting().askedFirst()).isTrue();
    assertThat(afternoon.texting().texts()).hasSize(3).contains("Your bike is ready.");
    assertThat(afternoon.texting().consent().state()).isEqualTo(SmsConsent.State.OPTED_OUT);
  }

  @Test
  @Tag("WK-10")
  @Tag("PO-6")
  void a_customer_is_forgotten_and_the_trail_still_holds() {
    assertThat(afternoon.accounting().before().isIntact()).isTrue();
    assertThat(afternoon.accounting().left()).isZero();
    assertThat(afternoon.accounting().after().isIntact()).isTrue();
  }

  @Test
  void the_smoke_run_ends_with_0_and_says_what_it_checked() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();

    int code = run(told, "--smoke", "--store", database("smoke"));

    assertThat(told.toString(StandardCharsets.UTF_8)).contains("checks hold", "Замена цепи");
    assertThat(code).isZero();
  }

  @Test
  void two_days_tell_the_same() {
    String first = lastMinuteCut(told("one"));

    String second = lastMinuteCut(told("other"));

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
    assertThat(run(OutputStream.nullOutputStream(), "--smok")).isEqualTo(2);
    assertThat(run(OutputStream.nullOutputStream(), "--store")).isEqualTo(2);
    assertThat(run(OutputStream.nullOutputStream(), "--store", "jdbc:nothing")).isEqualTo(2);
  }

  @Test
  @Tag("PO-2")
  void a_second_run_over_the_same_store_opens_the_shop_again() {
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    run(OutputStream.nullOutputStream(), "--store", database("kept"));

    int code = run(second, "--smoke", "--store", database("kept"));

    assertThat(second.toString(StandardCharsets.UTF_8))
        .contains("The shop opens again", "Smoke: 6 checks hold");
    assertThat(code).isZero();
  }

  private String database(String name) {
    return "jdbc:h2:" + folder.resolve(name);
  }

  private String told(String database) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    run(told, "--store", database(database));
    return told.toString(StandardCharsets.UTF_8);
  }

  private static int run(OutputStream told, String... args) {
    return PosDemo.run(List.of(args), new PrintStream(told, true, StandardCharsets.UTF_8));
  }

  /** All but how long it took. */
  private static String lastMinuteCut(String told) {
    return told.substring(0, told.indexOf("That was a day"));
  }
}
