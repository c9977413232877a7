package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Engage;
import io.engage.core.Outcome;
import io.engage.imap.MimeFormat;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Secret;
import io.engage.model.message.ReportPart;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.PortFailure;
import io.engage.spi.Recipients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ana and Ben were invited to a ride, the server knew no Carl, and then it rained. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-7")
@Tag("G-52")
class EventAnnouncedTest {
  private static final EmailAddress CARL = EmailAddress.of("carl@customer.example");
  private static final String ANA = "ana@customer.example";
  private static final String BEN = "ben@customer.example";
  private static final Secret OLD_KEY = Secret.of(CampaignScene.KEY);
  private static final EventTemplate RIDE = ride("2026-04-01 10:00");
  private static final EventTemplate LATER = ride("2026-04-01 11:00");

  private final CampaignScene scene = new CampaignScene();
  private final CampaignDesk desk = scene.desk;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void whoever_was_invited_and_nobody_else_hears_of_the_change_in_the_same_entry() {
    Campaign invited = invited();
    Map<String, List<String>> before = calendars(0);

    Campaign telling = changed(invited, "Later").findValue().orElseThrow();
    sendAll(telling);

    Map<String, List<String>> told = calendars(2);
    assertThat(told.keySet()).containsExactlyInAnyOrder(ANA, BEN);
    assertThat(told.get(ANA))
        .contains("METHOD:REQUEST", "SEQUENCE:1", "DTSTART:20260401T090000Z", uid(before, ANA))
        .contains("STATUS:CONFIRMED", "SUMMARY:Ride with Ana");
    assertThat(told.get(BEN)).contains(uid(before, BEN), "SUMMARY:Ride with Ben");
    assertThat(scene.now(telling.id()).state().status()).isEqualTo(Status.FINISHED);
    assertThat(scene.now(invited.id()).plan().event()).isEqualTo(LATER.withSequence(1));
  }

  @Test
  void a_cancellation_strikes_it_out_and_ends_the_campaign_that_invited() throws IOException {
    Campaign invited = invited();
    Map<String, List<String>> before = calendars(0);

    Campaign telling = cancelled(invited, "Off").findValue().orElseThrow();
    sendAll(telling);

    Map<String, List<String>> told = calendars(2);
    assertThat(told.keySet()).containsExactlyInAnyOrder(ANA, BEN);
    assertThat(told.get(ANA))
        .contains("METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", uid(before, ANA))
        .contains("DTSTART:20260401T080000Z");
    assertThat(new String(scene.mail.sent().get(2).content().open().readAllBytes()))
        .contains("method=CANCEL");
    assertThat(scene.now(invited.id()).state().status()).isEqualTo(Status.CANCELLED);
    assertThat(desk.start(invited.id())).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_key_that_was_replaced_meanwhile_changes_nothing_in_what_calendars_know() {
    Campaign invited = invited();
    Map<String, List<String>> before = calendars(0);

    try (Engage rotated =
        scene.engageOn(scene.storage, Secret.of("the key of a new year"), OLD_KEY)) {
      Dialer dialer = Dialer.over(rotated);
      CampaignDesk there = dialer.deskOf(CampaignScene.CLARA);
      Campaign telling =
          there
              .announceCancellation(invited.id(), "Off", CampaignPlan.of("It is off"))
              .findValue()
              .orElseThrow();
      there.start(telling.id());
      dialer.workOff();
    }

    assertThat(calendars(2).get(ANA)).contains("METHOD:CANCEL", uid(before, ANA));
    assertThat(calendars(2).get(BEN)).contains("METHOD:CANCEL", uid(before, BEN));
  }

  @Test
  void nobody_is_told_of_an_entry_that_no_calendar_would_find() {
    Campaign telling = cancelled(invited(), "Off").findValue().orElseThrow();

    try (Engage forgetful = scene.engageOn(scene.storage, Secret.of("the key of a new year"))) {
      CampaignDesk there = Dialer.over(forgetful).deskOf(CampaignScene.CLARA);

      assertThat(reason(there.start(telling.id()))).contains("earlier signing key");
    }
    sendAll(telling);
    assertThat(calendars(2).keySet()).containsExactlyInAnyOrder(ANA, BEN);
  }

  @Test
  @Tag("DL-1")
  void an_event_that_somebody_was_invited_to_is_changed_by_telling_them() {
    Campaign invited = invited();
    sendAll(changed(invited, "Later").findValue().orElseThrow());
    Campaign now = scene.now(invited.id());
    Campaign telling =
        desk.list().stream().filter(each -> each.name().equals("Later")).findFirst().orElseThrow();

    Outcome<Campaign> without = desk.save(now.withPlan(now.name(), now.plan().withEvent(null)));
    Outcome<Campaign> other =
        desk.save(now.withPlan(now.name(), now.plan().withEvent(ride("2026-04-01 11:30"))));
    Outcome<Campaign> word =
        desk.save(telling.withPlan("Later", telling.plan().withEvent(ride("2026-04-01 11:30"))));
    Outcome<Campaign> subject =
        desk.save(now.withPlan(now.name(), CampaignPlan.of("Riding").withEvent(LATER)));

    assertThat(reason(without)).contains("Announce a change");
    assertThat(reason(other)).contains("Announce a change");
    assertThat(reason(word)).contains("another campaign");
    assertThat(subject.findValue().map(each -> each.plan().event()))
        .hasValue(LATER.withSequence(1));
  }

  @Test
  void an_event_that_nobody_was_invited_to_is_changed_while_the_campaign_rests() {
    Campaign ride = scene.spring(CampaignPlan.of("Ride").withEvent(RIDE));
    scene.active(ride.id());
    desk.start(ride.id());
    Campaign running = scene.now(ride.id());
    Outcome<Campaign> meanwhile =
        desk.save(running.withPlan("Spring", running.plan().withEvent(LATER)));
    desk.stop(ride.id());
    Campaign resting = scene.now(ride.id());

    Outcome<Campaign> saved =
        desk.save(resting.withPlan("Spring", resting.plan().withEvent(LATER)));

    assertThat(reason(meanwhile)).contains("Stop it before");
    assertThat(saved).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_cancellation_is_the_last_word() {
    Campaign invited = invited();
    cancelled(invited, "Off");

    assertThat(reason(cancelled(invited, "Off again"))).contains("cancelled already", "'Off'");
    assertThat(reason(changed(invited, "On again"))).contains("cancelled already", "'Off'");
    assertThat(desk.list()).hasSize(2);
  }

  @Test
  @Tag("DL-12")
  void what_another_agent_removes_before_it_is_our_turn_leaves_no_rows_without_a_list() {
    Campaign invited = invited();
    CampaignList list = unfilled(invited);

    Outcome<CampaignList> activated = activatedAfter(() -> desk.removeList(list.id()), list);

    assertThat(activated).isInstanceOf(Outcome.Unknown.class);
    assertThat(scene.storage.recipients().counts(List.of(list.id())).total()).isZero();
  }

  @Test
  @Tag("DL-12")
  void what_another_agent_activates_before_it_is_our_turn_is_so_already() {
    CampaignList list = unfilled(invited());

    Outcome<CampaignList> activated = activatedAfter(() -> desk.activate(list.id()), list);

    assertThat(activated).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(scene.list(list.id()).rows()).isEqualTo(2);
  }

  private Outcome<CampaignList> activatedAfter(Runnable other, CampaignList list) {
    try (Engage slow =
        scene.engageOn(new InterveningStorage("acquire", other).over(scene.storage))) {
      return Dialer.over(slow).deskOf(CampaignScene.CLARA).activate(list.id());
    }
  }

  /** The list of a campaign whose setting up was cut short. */
  private CampaignList unfilled(Campaign invited) {
    try (Engage dying = dyingAtTheAdd(new AtomicInteger())) {
      CampaignDesk there = Dialer.over(dying).deskOf(CampaignScene.CLARA);
      assertThatThrownBy(() -> there.announceChange(invited.id(), "Later", later()))
          .isInstanceOf(PortFailure.class);
    }
    Campaign telling =
        desk.list().stream().filter(each -> each.name().equals("Later")).findFirst().orElseThrow();
    return desk.lists(telling.id()).findValue().orElseThrow().get(0);
  }

  @Test
  void each_word_has_the_next_sequence_whatever_an_agent_saves_in_between() {
    Campaign invited = invited();
    Map<String, List<String>> before = calendars(0);
    sendAll(changed(invited, "Later").findValue().orElseThrow());
    Campaign now = scene.now(invited.id());
    desk.save(now.withPlan(now.name(), now.plan().withEvent(ride("2026-04-01 11:30"))));

    sendAll(cancelled(invited, "Off").findValue().orElseThrow());

    assertThat(calendars(4).get(ANA))
        .contains("METHOD:CANCEL", "SEQUENCE:2", "DTSTART:20260401T090000Z", uid(before, ANA));
  }

  @Test
  void whoever_is_invited_afterwards_is_invited_to_the_event_as_it_is_now() {
    Campaign invited = invited();
    changed(invited, "Later");
    scene.imported(
        invited.id(),
        ListImport.named("More").thenActivated(),
        "Ride;eva@customer.example;;;\"name\":\"Eva\";\n");

    desk.start(invited.id());
    scene.dialer.workOff();

    assertThat(calendars(2).get("eva@customer.example"))
        .contains("METHOD:REQUEST", "SEQUENCE:1", "DTSTART:20260401T090000Z");
  }

  @Test
  @Tag("G-46")
  void what_a_row_says_in_its_own_words_belongs_to_the_invitation_alone() throws IOException {
    Campaign invited = invited();

    sendAll(changed(invited, "Later").findValue().orElseThrow());

    String text = new String(scene.mail.sent().get(2).content().open().readAllBytes());
    assertThat(text).doesNotContain("Come along").contains("Subject: It is later");
  }

  @Test
  @Tag("G-49")
  void whoever_wants_no_more_mail_meanwhile_is_not_told() {
    Campaign invited = invited();
    Campaign telling = changed(invited, "Later").findValue().orElseThrow();
    scene.commit(
        InboxChange.builder()
            .document(
                scene
                    .engage
                    .foundation()
                    .suppression(
                        CampaignScene.ANA, "bulk", "unsubscribed", scene.clock.instant())));

    sendAll(telling);

    assertThat(calendars(2).keySet()).containsExactly(BEN);
  }

  @Test
  void nobody_is_told_while_others_are_being_invited() {
    Campaign ride = scene.spring(CampaignPlan.of("Ride").withEvent(RIDE));
    scene.active(ride.id());
    assertThat(reason(changed(ride, "Later"))).contains("has invited nobody yet");
    desk.start(ride.id());

    assertThat(reason(changed(ride, "Later"))).contains("Stop it first");

    desk.stop(ride.id());
    scene
        .storage
        .recipients()
        .claim(
            List.of(desk.lists(ride.id()).findValue().orElseThrow().get(0).id()),
            1,
            scene.clock.instant(),
            scene.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(reason(changed(ride, "Later"))).contains("mails on their way");
  }

  @Test
  void only_a_campaign_that_invites_has_something_to_announce() {
    Campaign plain = scene.spring();
    assertThat(reason(changed(plain, "Later"))).contains("it has no event");
    Campaign telling = changed(invited(), "Later").findValue().orElseThrow();

    assertThat(reason(changed(telling, "Even later"))).contains("Choose the campaign");
    assertThat(reason(changed(scene.now(telling.id()), "Later"))).isNotEmpty();
  }

  @Test
  void a_change_needs_the_event_as_it_is_now_and_a_name_that_is_free() {
    Campaign invited = invited();

    assertThat(reason(desk.announceChange(invited.id(), "Later", CampaignPlan.of("It is later"))))
        .contains("has no event");
    assertThat(reason(changed(invited, "Ride"))).contains("There is another campaign 'Ride'");
    assertThat(desk.list()).hasSize(1);
    assertThat(scene.now(invited.id()).plan().event()).isEqualTo(RIDE);
  }

  @Test
  @Tag("WK-10")
  void the_trail_says_who_had_whom_told_what() {
    Campaign invited = invited();
    int before = scene.facts().size();

    Campaign telling = cancelled(invited, "Off").findValue().orElseThrow();

    assertThat(scene.facts().subList(before, scene.facts().size()))
        .contains(
            new AuditFact.CampaignSaved(telling.id(), "Off", List.of()),
            new AuditFact.EventAnnounced(invited.id(), telling.id(), "cancelled", 1),
            new AuditFact.CampaignCancelled(invited.id(), 0));
    assertThat(scene.trail().get(before).actor().name()).isEqualTo("Clara Contreras");
  }

  @Test
  @Tag("DL-12")
  void a_process_that_ends_while_it_is_set_up_leaves_lists_to_go_on_with() {
    Campaign invited = invited();
    AtomicInteger adds = new AtomicInteger();
    try (Engage dying = dyingAtTheAdd(adds)) {
      CampaignDesk there = Dialer.over(dying).deskOf(CampaignScene.CLARA);
      assertThatThrownBy(() -> there.announceChange(invited.id(), "Later", later()))
          .isInstanceOf(PortFailure.class);
    }
    Campaign telling =
        desk.list().stream().filter(each -> each.name().equals("Later")).findFirst().orElseThrow();
    CampaignList list = desk.lists(telling.id()).findValue().orElseThrow().get(0);
    assertThat(desk.start(telling.id())).isInstanceOf(Outcome.Refused.class);

    Outcome<CampaignList> activated = desk.activate(list.id());
    sendAll(telling);

    assertThat(activated.findValue().map(CampaignList::rows)).hasValue(2L);
    assertThat(calendars(2).keySet()).containsExactlyInAnyOrder(ANA, BEN);
    assertThat(desk.activate(list.id())).isInstanceOf(Outcome.AlreadySo.class);
  }

  @Test
  @Tag("DL-6")
  void a_mail_to_try_out_changes_no_calendar_entry_of_a_customer() {
    Campaign invited = invited();
    Map<String, List<String>> before = calendars(0);
    Campaign telling = cancelled(invited, "Off").findValue().orElseThrow();
    CampaignList list = desk.lists(telling.id()).findValue().orElseThrow().get(0);

    desk.sendTest(RecipientId.of(list.id(), 1), EmailAddress.of("clara@shop.example"));

    assertThat(calendars(2).get("clara@shop.example"))
        .contains("METHOD:CANCEL")
        .doesNotContain(uid(before, ANA));
    assertThat(scene.storage.recipients().of(list.id(), Set.of(RecipientStatus.PENDING), 0, 9))
        .hasSize(2);
  }

  @Test
  @Tag("DL-12")
  void whoever_may_have_got_the_invitation_hears_of_it_too() {
    Campaign invited = invited();
    ListId late =
        scene
            .imported(
                invited.id(),
                ListImport.named("Late").thenActivated(),
                "Ride;dora@customer.example;;;\"name\":\"Dora\";\n")
            .list()
            .id();
    leaveInDoubt(late);

    Campaign telling = cancelled(scene.now(invited.id()), "Off").findValue().orElseThrow();
    sendAll(telling);

    assertThat(calendars(2).keySet()).containsExactlyInAnyOrder(ANA, BEN, "dora@customer.example");
  }

  private void leaveInDoubt(ListId list) {
    Recipients recipients = scene.storage.recipients();
    Instant now = scene.clock.instant();
    RecipientOutcome silence = RecipientOutcome.of(RecipientOutcome.Why.NO_ANSWER, "No answer");
    recipients.settle(
        recipients
            .markAttempting(recipients.claim(List.of(list), 1, now, now.plusSeconds(60)))
            .stream()
            .map(each -> RecipientSettlement.end(each, RecipientStatus.IN_DOUBT, silence, now))
            .toList());
  }

  /** A campaign that has finished. */
  private Campaign invited() {
    scene.mail.refuse(CARL, new SmtpReply(550, "5.1.1", "Unknown"));
    Campaign ride =
        desk.create(CampaignScene.SHOP.id(), "Ride", CampaignPlan.of("Ride").withEvent(RIDE))
            .findValue()
            .orElseThrow();
    scene.imported(
        ride.id(),
        ListImport.named("Riders").thenActivated(),
        "Ride;ana@customer.example;Come along;;\"name\":\"Ana\";\n"
            + "Ride;carl@customer.example;;;\"name\":\"Carl\";\n"
            + "Ride;ben@customer.example;;;\"name\":\"Ben\";\n");
    desk.start(ride.id());
    scene.dialer.workOff();
    assertThat(scene.mail.sent()).hasSize(2);
    return scene.now(ride.id());
  }

  private Outcome<Campaign> changed(Campaign invited, String name) {
    return desk.announceChange(invited.id(), name, later());
  }

  private Outcome<Campaign> cancelled(Campaign invited, String name) {
    return desk.announceCancellation(invited.id(), name, CampaignPlan.of("It is off"));
  }

  private static CampaignPlan later() {
    return CampaignPlan.of("It is later").withEvent(LATER);
  }

  private static EventTemplate ride(String start) {
    return EventTemplate.of(
        "Ride with ${name}", start, "2026-04-01 14:00", ZoneId.of("Europe/Berlin"));
  }

  private void sendAll(Campaign telling) {
    assertThat(desk.start(telling.id())).isInstanceOf(Outcome.Done.class);
    scene.dialer.workOff();
    scene.dialer.workOff();
  }

  private Engage dyingAtTheAdd(AtomicInteger adds) {
    return scene.engageOn(
        new FailingStorage(method -> method.equals("add") && adds.incrementAndGet() == 1)
            .over(scene.storage));
  }

  private static String reason(Outcome<Campaign> outcome) {
    return outcome instanceof Outcome.Refused<Campaign> refused ? refused.reason() : "";
  }

  /** The lines that each recipient's calendar got, without the first mails. */
  private Map<String, List<String>> calendars(int without) {
    return scene.mail.sent().stream()
        .skip(without)
        .collect(
            Collectors.toMap(
                each -> each.recipients().get(0).value(), EventAnnouncedTest::calendar));
  }

  private static List<String> calendar(Envelope mail) {
    try {
      return MimeFormat.create().parse(mail.content()).reports().stream()
          .filter(part -> part.contentType().equals("text/calendar"))
          .map(ReportPart::text)
          .flatMap(text -> text.replace("\r\n ", "").lines())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String uid(Map<String, List<String>> calendars, String recipient) {
    return calendars.get(recipient).stream()
        .filter(line -> line.startsWith("UID:"))
        .findFirst()
        .orElseThrow();
  }
}
