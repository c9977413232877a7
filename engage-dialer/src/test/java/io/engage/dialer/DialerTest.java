package io.engage.dialer;

import static io.engage.dialer.Mailing.LIST;
import static io.engage.dialer.Mailing.SPRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.memory.InMemoryMail.Step;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.CampaignPlan.Missed;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.inbox.WeeklySchedule.Window;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure.Reason;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DialerTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final WeeklySchedule MONDAYS =
      new WeeklySchedule(
          ZoneId.of("UTC"),
          List.of(
              Window.of(DayOfWeek.MONDAY, "09:00", "10:00"),
              Window.of(DayOfWeek.TUESDAY, "09:00", "10:00")),
          Map.of());

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("DL-1")
  @Tag("G-40")
  void everybody_gets_one_mail_and_then_it_is_finished() {
    shop.running(NEWS, 1_234);

    Optional<Instant> next = shop.dialer.workOff();

    assertThat(shop.sent()).isEqualTo(Mailing.addresses(1_234));
    assertThat(shop.counts().sent()).isEqualTo(1_234);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
    assertThat(next).isEmpty();
  }

  @Test
  @Tag("DL-2")
  void lower_priorities_go_first() {
    shop.running(NEWS, 3);
    shop.storage
        .recipients()
        .add(
            List.of(
                new Recipient(
                    RecipientId.of(LIST, 4),
                    "vip@customer.example",
                    1,
                    Mailing.customer(LIST, 4).row(),
                    RecipientState.PENDING)));

    shop.dialer.workOff();

    assertThat(shop.sent()).first().isEqualTo("vip@customer.example");
  }

  @Test
  @Tag("G-40")
  void a_campaign_is_not_finished_while_a_list_is_being_imported_or_none_is_active() {
    shop.campaign(NEWS, Status.RUNNING);
    shop.dialer.workOff();
    assertThat(shop.status()).isEqualTo(Status.RUNNING);
    shop.list(LIST, CampaignList.Status.ACTIVE, 2);
    shop.list(ListId.of("l2"), CampaignList.Status.IMPORTING, 2);

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.RUNNING);
    assertThat(shop.sent()).hasSize(2);
  }

  @Test
  @Tag("DL-1")
  void inactive_lists_and_campaigns_that_do_not_run_are_left_alone() {
    shop.campaign(NEWS, Status.STOPPED);
    shop.list(LIST, CampaignList.Status.ACTIVE, 2);
    shop.dialer.workOff();
    assertThat(shop.sent()).isEmpty();
    shop.list(ListId.of("l2"), CampaignList.Status.INACTIVE, 2);
    shop.to(Status.RUNNING);

    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(2);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("G-41")
  void a_hundred_stops_and_resumes_lose_nobody_and_send_nobody_a_mail_twice() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerSecond(10)), 900);
    int stops = 0;

    for (shop.dialer.workOff(); shop.status() != Status.FINISHED; shop.dialer.workOff()) {
      shop.to(Status.STOPPED);
      shop.dialer.workOff();
      stops++;
      shop.clock.advance(Duration.ofMillis(700));
      shop.to(Status.RUNNING);
    }

    assertThat(stops).isGreaterThanOrEqualTo(100);
    assertThat(shop.sent()).containsExactlyInAnyOrderElementsOf(Mailing.addresses(900));
    assertThat(shop.counts().sent()).isEqualTo(900);
  }

  @Test
  @Tag("G-43")
  void one_poisoned_recipient_of_a_hundred_touches_no_other() {
    shop.mail.refuse(Mailing.address(50), new SmtpReply(554, null, "No"));
    shop.running(NEWS, 100);

    shop.dialer.workOff();

    assertThat(shop.counts().sent()).isEqualTo(99);
    assertThat(shop.with(RecipientStatus.REJECTED)).hasSize(1);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-9")
  void an_address_that_does_not_exist_is_rejected_and_not_written_to_again() {
    shop.mail.refuse(Mailing.address(2), new SmtpReply(550, "5.1.1", "Unknown"));
    shop.running(NEWS, 3);

    shop.dialer.workOff();

    assertThat(shop.state(2).status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(shop.engage.foundation().suppressed(List.of(Mailing.address(2)), "bulk")).hasSize(1);
    assertThat(shop.engage.foundation().suppressed(List.of(Mailing.address(1)), "bulk")).isEmpty();
  }

  @Test
  @Tag("DL-9")
  void a_full_mailbox_is_tried_again_for_days_and_then_given_up() {
    shop.mail.refuse(Mailing.address(2), new SmtpReply(552, "5.2.2", "Full"));
    shop.running(NEWS, 3);

    int rounds = 0;
    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      shop.clock.set(next.get());
      rounds++;
    }

    assertThat(rounds).isEqualTo(10);
    assertThat(shop.state(2).outcome().why()).isEqualTo(Why.GAVE_UP);
    assertThat(shop.engage.foundation().suppressed(List.of(Mailing.address(2)), "bulk")).isEmpty();
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @ParameterizedTest
  @Tag("DL-9")
  @CsvSource({"550,5.7.1", "530,5.7.0", "535,5.7.8", "550,5.7.30"})
  void a_fault_of_ours_holds_the_campaign_and_blames_nobody(int code, String enhanced) {
    SendOutcome refusal = new SendOutcome.Refused(new SmtpReply(code, enhanced, "No"), Map.of());
    shop.mail.answerNext(refusal, false);
    shop.running(NEWS, 100);

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("refuses the sender");
    assertThat(shop.counts().pending()).isGreaterThanOrEqualTo(99);
    assertThat(shop.counts().pending() + shop.counts().sent()).isEqualTo(100);
    assertThat(shop.engage.foundation().suppressed(List.of(Mailing.address(1)), "bulk")).isEmpty();
    shop.clock.advance(Duration.ofMinutes(20));
    shop.to(Status.RUNNING);
    shop.dialer.workOff();
    assertThat(shop.sent()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  @Tag("DL-9")
  void one_recipient_whose_server_minds_us_does_not_hold_the_others_for_ever() {
    shop.mail.refuse(Mailing.address(1), new SmtpReply(550, "5.7.1", "Not you"));
    shop.running(NEWS, 30);

    for (int i = 0; i < 10 && shop.status() != Status.FINISHED; i++) {
      shop.dialer.workOff();
      shop.clock.advance(Duration.ofMinutes(16));
      if (shop.status() == Status.STOPPED) {
        shop.to(Status.RUNNING);
      }
    }

    assertThat(shop.status()).isEqualTo(Status.FINISHED);
    assertThat(shop.counts().sent()).isEqualTo(29);
    assertThat(shop.state(1).outcome().why()).isEqualTo(Why.REFUSED_US);
  }

  @Test
  @Tag("DL-9")
  void a_login_that_fails_holds_the_campaign_at_once_and_says_why() {
    shop.mail.failNext(Step.CONNECT_TO_SEND, Reason.WRONG_CREDENTIAL, 1);
    shop.running(NEWS, 10);

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("did not accept user and password");
    assertThat(shop.counts().pending()).isEqualTo(10);
    assertThat(shop.state(1).attempts()).isZero();
  }

  @Test
  @Tag("DL-9")
  void a_server_that_is_away_is_tried_with_patience_and_then_the_campaign_is_held() {
    shop.mail.failNext(Step.CONNECT_TO_SEND, Reason.REFUSED, 1_000);
    shop.running(NEWS, 10);

    int tries = 0;
    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      shop.clock.set(next.get());
      tries++;
    }

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(tries).isBetween(5, 20);
    assertThat(shop.counts().pending()).isEqualTo(10);
  }

  @Test
  @Tag("DL-8")
  @Tag("G-49")
  void whoever_unsubscribes_between_claim_and_send_gets_nothing() {
    shop.running(NEWS, 60);
    Dialer small =
        Dialer.builder(shop.engage)
            .markAtOnce(10)
            .onProgress(any -> unsubscribe(Mailing.address(55)))
            .build();

    small.workOff();

    assertThat(shop.state(55).outcome().why()).isEqualTo(Why.SUPPRESSED);
    assertThat(shop.sent()).hasSize(59).doesNotContain(Mailing.address(55).value());
  }

  private void unsubscribe(EmailAddress address) {
    if (shop.engage.foundation().suppressed(List.of(address), "bulk").isEmpty()) {
      shop.engage
          .foundation()
          .commit(
              InboxChange.builder()
                  .document(
                      shop.engage
                          .foundation()
                          .suppression(address, "bulk", "asked", shop.clock.instant())),
              Actor.CUSTOMER,
              AuditSubject.of(Mailing.SHOP.id()),
              new AuditFact.Suppressed(SPRING, "asked"));
    }
  }

  @Test
  @Tag("DL-5")
  void a_row_that_lacks_a_value_fails_and_the_others_go() {
    shop.running(NEWS, 2);
    shop.storage
        .recipients()
        .add(
            List.of(
                new Recipient(
                    RecipientId.of(LIST, 3),
                    "x@y.example",
                    1,
                    Recipient.Row.EMPTY,
                    RecipientState.PENDING)));

    shop.dialer.workOff();

    assertThat(shop.state(3).status()).isEqualTo(RecipientStatus.FAILED);
    assertThat(shop.state(3).outcome().why()).isEqualTo(Why.INVALID_ROW);
    assertThat(shop.counts().sent()).isEqualTo(2);
  }

  @Test
  @Tag("G-50")
  void a_template_that_cannot_be_read_holds_the_campaign() {
    shop.running(CampaignPlan.of("News ${>file}"), 2);

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("subject");
    assertThat(shop.counts().pending()).isEqualTo(2);
  }

  @ParameterizedTest
  @Tag("DL-12")
  @EnumSource(Doubt.class)
  void whom_nobody_knows_to_have_it_stays_in_doubt_or_is_sent_to_again_as_the_plan_says(
      Doubt doubt) {
    shop.mail.answerNext(new SendOutcome.InDoubt("silence"), true);
    shop.running(NEWS.withDoubt(doubt), 3);

    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      shop.clock.set(next.get());
    }

    assertThat(shop.status()).isEqualTo(Status.FINISHED);
    boolean never = doubt == Doubt.NEVER_TWICE;
    assertThat(shop.counts().inDoubt()).isEqualTo(never ? 1 : 0);
    assertThat(shop.sent()).hasSize(never ? 3 : 4);
  }

  @Test
  @Tag("DL-9")
  @Tag("G-51")
  void nothing_is_sent_outside_the_windows_and_the_next_one_goes_on() {
    shop.running(
        NEWS.withWindows(MONDAYS, Missed.NEXT_WINDOW).withPace(Pace.UNLIMITED.withPerMinute(1)),
        70);

    List<Instant> moments = new ArrayList<>();
    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      moments.add(shop.clock.instant());
      shop.clock.set(next.get());
    }

    assertThat(shop.sent()).hasSize(70);
    assertThat(moments).allMatch(moment -> MONDAYS.isOpenAt(moment) || shop.sent().size() == 70);
    assertThat(shop.clock.instant()).isAfter(Instant.parse("2026-03-03T09:00:00Z"));
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-9")
  @Tag("G-47")
  void news_that_would_be_old_expires_when_its_window_closes() {
    shop.running(
        NEWS.withWindows(MONDAYS, Missed.EXPIRE).withPace(Pace.UNLIMITED.withPerMinute(1)), 100);

    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      shop.clock.set(next.get());
    }

    assertThat(shop.counts().sent()).isEqualTo(60);
    assertThat(shop.counts().failed()).isEqualTo(40);
    assertThat(shop.state(100).outcome().why()).isEqualTo(Why.EXPIRED);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-1")
  void nothing_is_sent_after_the_end() {
    shop.running(
        NEWS.withUntil(Instant.parse("2026-03-02T09:00:10Z"))
            .withPace(Pace.every(Duration.ofSeconds(1))),
        20);

    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      shop.clock.set(next.get());
    }

    assertThat(shop.counts().sent()).isEqualTo(10);
    assertThat(shop.counts().failed()).isEqualTo(10);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("G-47")
  void a_clock_that_jumps_over_hours_holds_the_campaign_until_somebody_resumes_it() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerMinute(1)), 10);
    shop.dialer.workOff();
    shop.clock.advance(Duration.ofHours(5));

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason())
        .startsWith("Not worked on since 2026-03-02T09:00:00Z");
    assertThat(shop.sent()).hasSize(1);
    shop.to(Status.RUNNING);
    shop.dialer.workOff();
    assertThat(shop.sent()).hasSize(2);
  }

  @Test
  @Tag("G-47")
  void nights_between_windows_are_no_rest() {
    shop.running(
        NEWS.withWindows(MONDAYS, Missed.NEXT_WINDOW).withPace(Pace.UNLIMITED.withPerMinute(1)),
        100);
    for (int i = 0; i < 59; i++) {
      shop.dialer.workOff();
      shop.clock.advance(Duration.ofMinutes(1));
    }
    shop.clock.set(Instant.parse("2026-03-03T09:30:00Z"));

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.RUNNING);
    assertThat(shop.sent()).hasSize(60);
  }

  @Test
  @Tag("G-47")
  void a_list_that_is_switched_on_hours_after_its_import_is_not_taken_for_an_old_one() {
    shop.mail.refuse(Mailing.address(1), new SmtpReply(452, "4.2.2", "Full"));
    shop.running(NEWS, 1);
    shop.list(ListId.of("l2"), CampaignList.Status.INACTIVE, 2);
    for (int i = 0; i < 8; i++) {
      shop.clock.set(shop.dialer.workOff().orElseThrow());
    }
    shop.dialer.workOff();
    shop.clock.advance(Duration.ofHours(3));
    shop.dialer.deskOf(Agent.of("clara", "Clara")).activate(ListId.of("l2"));

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.RUNNING);
    assertThat(shop.storage.recipients().counts(List.of(ListId.of("l2"))).notProcessed()).isOne();
  }

  @ParameterizedTest
  @Tag("DL-9")
  @CsvSource({"10,0,0,0", "0,30,0,0", "0,0,100,0", "7,100,0,0", "0,0,0,4", "1000,0,0,0"})
  void no_second_minute_or_hour_has_more_mails_than_its_limit(
      int perSecond, int perMinute, int perHour, int perDomain) {
    Pace pace =
        Pace.UNLIMITED
            .withPerSecond(perSecond)
            .withPerMinute(perMinute)
            .withPerHour(perHour)
            .withPerDomainPerMinute(perDomain);
    shop.running(NEWS.withPace(pace), 120);
    List<Instant> moments = new ArrayList<>();

    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      note(moments);
      shop.clock.set(next.get());
    }
    note(moments);

    assertThat(shop.sent()).hasSize(120);
    assertThat(busiest(moments, Duration.ofSeconds(1))).isLessThanOrEqualTo(most(perSecond));
    assertThat(busiest(moments, Duration.ofMinutes(1))).isLessThanOrEqualTo(most(perMinute));
    assertThat(busiest(moments, Duration.ofMinutes(1))).isLessThanOrEqualTo(most(perDomain));
    assertThat(busiest(moments, Duration.ofHours(1))).isLessThanOrEqualTo(most(perHour));
  }

  private void note(List<Instant> moments) {
    while (moments.size() < shop.sent().size()) {
      moments.add(shop.clock.instant());
    }
  }

  private static int most(int limit) {
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  private static int busiest(List<Instant> moments, Duration within) {
    int busiest = 0;
    for (int from = 0, to = 0; to < moments.size(); to++) {
      while (!moments.get(to).isBefore(moments.get(from).plus(within))) {
        from++;
      }
      busiest = Math.max(busiest, to - from + 1);
    }
    return busiest;
  }

  @Test
  @Tag("DL-9")
  void two_campaigns_keep_to_the_limit_of_their_account_together() {
    shop.running(NEWS, 50);
    Dialer limited =
        Dialer.builder(shop.engage)
            .limit(Mailing.ACCOUNT, Pace.UNLIMITED.withPerMinute(30))
            .build();
    Dialer other =
        Dialer.builder(shop.engage)
            .limit(Mailing.ACCOUNT, Pace.UNLIMITED.withPerMinute(30))
            .build();

    Instant end = shop.clock.instant().plus(Duration.ofMinutes(1));
    while (shop.clock.instant().isBefore(end)) {
      limited.workOff();
      other.workOff();
      shop.clock.advance(Duration.ofMillis(500));
    }

    assertThat(shop.sent()).hasSizeBetween(25, 30);
  }

  @Test
  @Tag("DL-9")
  void many_complaints_hold_the_campaign() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerSecond(60)), 400);
    shop.dialer.workOff();
    complaints(1, 3);
    shop.clock.advance(Duration.ofSeconds(1));

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("complain");
    shop.to(Status.RUNNING);
    shop.dialer.workOff();
    assertThat(shop.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  @Tag("DL-10")
  void progress_is_told_once_a_second_and_at_the_end() {
    shop.running(NEWS, 1_000);
    List<CampaignProgress> told = new ArrayList<>();

    Dialer.builder(shop.engage).onProgress(told::add).build().workOff();

    assertThat(told).hasSize(2);
    assertThat(told.get(1).status()).isEqualTo(Status.FINISHED);
    assertThat(told.get(1).counts().percent()).isEqualTo(100);
  }

  @Test
  @Tag("DL-9")
  void a_restart_makes_no_few_complaints_many() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerSecond(2_000)), 5_000);
    sendAtLeast(2_000);
    try (Dialer restarted = Dialer.over(shop.engage)) {
      restarted.workOff();
      complaints(1, 3);
      shop.clock.advance(Duration.ofMillis(10));

      restarted.workOff();

      assertThat(shop.status()).isEqualTo(Status.RUNNING);
      complaints(4, 8);
      restarted.workOff();
      assertThat(shop.status()).isEqualTo(Status.STOPPED);
    }
  }

  @Test
  @Tag("DL-9")
  void what_comes_back_late_for_mails_of_before_holds_no_campaign_that_was_resumed() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerSecond(2_000)), 5_000);
    sendAtLeast(2_000);
    shop.to(Status.STOPPED);
    shop.clock.advance(Duration.ofMillis(10));
    shop.to(Status.RUNNING);
    shop.dialer.workOff();

    for (long row = 1; row <= 25; row++) {
      shop.storage
          .recipients()
          .note(
              List.of(
                  RecipientNote.rejected(
                      RecipientId.of(LIST, row),
                      RecipientOutcome.of(Why.BOUNCED, "550 5.1.1 Unknown"),
                      shop.clock.instant())));
    }
    shop.clock.advance(Duration.ofMillis(10));
    shop.dialer.workOff();

    assertThat(shop.counts().rejected()).isEqualTo(25);
    assertThat(shop.status()).isEqualTo(Status.RUNNING);
  }

  private void sendAtLeast(int mails) {
    while (shop.counts().sent() < mails) {
      shop.dialer.workOff();
      shop.clock.advance(Duration.ofMillis(50));
    }
  }

  private void complaints(long first, long last) {
    for (long row = first; row <= last; row++) {
      shop.storage
          .recipients()
          .note(
              List.of(
                  RecipientNote.of(
                      RecipientId.of(LIST, row), RecipientNote.Kind.SPAM, shop.clock.instant())));
    }
  }

  @Test
  @Tag("DL-12")
  void an_erased_recipient_gets_nothing() {
    shop.running(NEWS, 5);
    shop.storage
        .recipients()
        .erase(List.of(RecipientId.of(LIST, 3)), "nobody-1", shop.clock.instant());

    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(4).doesNotContain(Mailing.address(3).value());
  }

  @Test
  @Tag("DL-11")
  void reports_come_back_to_the_inbox_or_to_an_address_that_names_the_recipient() {
    shop.running(NEWS, 1);
    try (Engage engage = shop.engageOn(shop.storage, shop.mail)) {

      Dialer.builder(engage).namedReturnAddresses().build().workOff();

      assertThat(shop.mail.sent().get(0).sender().localPart()).startsWith("news+d1.l1.1.");
    }
  }
}
