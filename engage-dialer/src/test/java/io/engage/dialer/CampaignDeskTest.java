package io.engage.dialer;

import static io.engage.dialer.CampaignScene.SHOP;
import static io.engage.dialer.CampaignScene.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Engage;
import io.engage.core.Outcome;
import io.engage.core.TemplateDesk;
import io.engage.dialer.forecasting.Forecast;
import io.engage.dialer.listing.RowProblem;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Duplicates;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.OutboundMessage;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.template.Template;
import io.engage.spi.MailTransport.Envelope;
import io.engage.testkit.HostsTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DL-1")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CampaignDeskTest {
  private final CampaignScene scene = new CampaignScene();
  private final CampaignDesk desk = scene.desk;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void of_two_who_change_a_campaign_neither_overwrites_the_other() {
    Campaign spring = scene.spring();
    CampaignPlan slower = spring.plan().withPace(Pace.every(Duration.ofSeconds(5)));
    desk.save(spring.withPlan("Spring", slower));

    Outcome<Campaign> second = desk.save(spring.withPlan("Summer", spring.plan()));

    assertThat(second).isInstanceOf(Outcome.Overtaken.class);
    assertThat(scene.now(spring.id()).plan()).isEqualTo(slower);
    assertThat(scene.facts())
        .contains(new AuditFact.CampaignSaved(spring.id(), "Spring", List.of("pace")));
  }

  @Test
  void a_change_never_touches_how_a_campaign_stands() {
    Campaign spring = scene.spring();
    Campaign wrong =
        spring
            .withPlan("Spring sale", spring.plan())
            .withState(
                spring.state().to(Campaign.Status.RUNNING, scene.clock.instant(), "by hand"));

    desk.save(wrong);

    assertThat(scene.now(spring.id()).name()).isEqualTo("Spring sale");
    assertThat(scene.now(spring.id()).state()).isEqualTo(Campaign.State.PREPARED);
  }

  @Test
  void two_campaigns_cannot_have_one_name() {
    scene.spring();

    Outcome<Campaign> second = desk.create(SHOP.id(), " SPRING", CampaignPlan.of("x"));

    assertThat(second).isInstanceOf(Outcome.Refused.class);
    assertThat(desk.list()).hasSize(1);
  }

  @Test
  @Tag("DL-3")
  void good_rows_are_not_lost_for_bad_ones() {
    Campaign spring = scene.spring();
    List<RowProblem> told = new ArrayList<>();

    ImportReport report =
        scene.imported(
            spring.id(),
            ListImport.named("Buyers").onProblem(told::add),
            "Spring;ana@customer.example;Hi;;\"name\":\"Ana\";1\n"
                + "Summer;ben@customer.example;Hi;;\"name\":\"Ben\";1\n"
                + "Spring;no address;Hi;;\"name\":\"Carl\";\n"
                + "Spring;dora@customer.example;Hi;;\"name\":\"Dora\";soon\n"
                + "Spring;eva@customer.example;Hi;;\"name\":\"Eva\";\n");

    assertThat(report.progress()).isEqualTo(new ImportProgress(report.list().id(), 5, 3, 1, 2));
    assertThat(report.list().status()).isEqualTo(CampaignList.Status.INACTIVE);
    assertThat(report.list().rows()).isEqualTo(3);
    assertThat(report.list().refusedRows()).isEqualTo(2);
    assertThat(report.problems()).isEqualTo(told).extracting(RowProblem::line).contains(3L, 4L, 5L);
    assertThat(statuses(report.list()))
        .containsExactly("1 pending", "3 failed invalid-address", "5 pending");
    assertThat(scene.facts())
        .contains(new AuditFact.ListImported(spring.id(), report.list().id(), 3, 2));
  }

  @Test
  @Tag("DL-3")
  @Tag("G-46")
  void an_address_in_several_rows_is_sent_to_once_where_that_is_the_policy() {
    Campaign spring = scene.spring(CampaignPlan.of("Spring").withDuplicates(Duplicates.SEND_FIRST));
    scene.imported(spring.id(), ListImport.named("Old"), "Spring;ana@customer.example;;;;\n");

    ImportReport report =
        scene.imported(
            spring.id(),
            ListImport.named("New"),
            "Spring;ben@customer.example;;;;\n"
                + "Spring;Ana@Customer.example;;;;\n"
                + "Spring;BEN@customer.example;;;;\n");

    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(statuses(report.list()))
        .containsExactly("1 pending", "2 failed duplicate", "3 failed duplicate");
  }

  @Test
  @Tag("DL-3")
  @Tag("G-46")
  void an_address_in_several_rows_is_sent_to_each_time_where_that_is_the_policy() {
    Campaign spring = scene.spring(CampaignPlan.of("Spring"));

    ImportReport report =
        scene.imported(
            spring.id(),
            ListImport.named("New"),
            "Spring;ben@customer.example;;;;\nSpring;ben@customer.example;;;;\n");

    assertThat(statuses(report.list())).containsExactly("1 pending", "2 pending");
  }

  @Test
  @Tag("DL-3")
  void an_import_that_was_cut_short_goes_on_without_a_row_twice() {
    Campaign spring = scene.spring(CampaignPlan.of("Spring").withDuplicates(Duplicates.SEND_FIRST));
    String all = CampaignScene.HEADER + rows(12_000);
    InputStream cut =
        new SequenceInputStream(stream(all.substring(0, all.length() * 2 / 3)), new Broken());
    assertThatThrownBy(() -> desk.importList(spring.id(), ListImport.named("Buyers"), cut))
        .isInstanceOf(UncheckedIOException.class);
    CampaignList begun = desk.lists(spring.id()).findValue().orElseThrow().get(0);
    assertThat(begun.status()).isEqualTo(CampaignList.Status.IMPORTING);
    assertThat(desk.activate(begun.id())).isInstanceOf(Outcome.Refused.class);

    ImportReport report =
        desk.importList(spring.id(), ListImport.named("Buyers").again(begun.id()), stream(all))
            .findValue()
            .orElseThrow();

    assertThat(report.list().id()).isEqualTo(begun.id());
    assertThat(report.list().rows()).isEqualTo(12_000);
    assertThat(report.duplicates()).isZero();
    assertThat(desk.monitor(spring.id()).findValue().orElseThrow().counts().pending())
        .isEqualTo(12_000);
    assertThat(
            desk.importList(spring.id(), ListImport.named("Buyers").again(begun.id()), stream(all)))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("DL-3")
  void a_file_that_is_no_list_leaves_nothing() {
    Campaign spring = scene.spring();

    Outcome<ImportReport> report =
        desk.importList(spring.id(), ListImport.named("x"), stream("name;street\nAna;Calle 1\n"));

    assertThat(report).isInstanceOf(Outcome.Refused.class);
    assertThat(desk.lists(spring.id()).findValue()).hasValue(List.of());
  }

  @Test
  @Tag("DL-3")
  void nobody_removes_a_list_while_one_is_read() {
    Campaign spring = scene.spring();
    CampaignList old = scene.imported(spring.id(), ListImport.named("Old"), rows(1)).list();
    List<Outcome<CampaignList>> meanwhile = new ArrayList<>();

    scene.imported(
        spring.id(),
        ListImport.named("New").onProgress(each -> meanwhile.add(desk.removeList(old.id()))),
        rows(2));

    assertThat(meanwhile).isNotEmpty().allMatch(Outcome.Refused.class::isInstance);
    assertThat(desk.removeList(old.id()).isDone()).isTrue();
    assertThat(desk.monitor(spring.id()).findValue().orElseThrow().counts().total()).isEqualTo(2);
  }

  @Test
  @Tag("DL-3")
  @Tag("PO-2")
  void within_a_transaction_of_the_host_no_list_is_read_or_removed() {
    Campaign spring = scene.spring();
    CampaignList old = scene.imported(spring.id(), ListImport.named("Old"), rows(1)).list();
    try (Engage node = scene.engageOn(HostsTransaction.openOver(scene.storage))) {
      CampaignDesk within = Dialer.over(node).deskOf(CampaignScene.CLARA);

      Outcome<ImportReport> read =
          within.importList(
              spring.id(), ListImport.named("New"), stream(CampaignScene.HEADER + rows(2)));
      Outcome<CampaignList> removed = within.removeList(old.id());
      Outcome<Campaign> all = within.remove(spring.id());
      Outcome<Campaign> told = within.announceCancellation(spring.id(), "It rains", spring.plan());

      assertThat(List.of(read, removed, all, told))
          .allSatisfy(
              each -> assertThat(each.toString()).contains("Refused", "Do this outside of one"));
    }
    assertThat(desk.lists(spring.id()).findValue().orElseThrow()).hasSize(1);
    assertThat(desk.monitor(spring.id()).findValue().orElseThrow().counts().total()).isEqualTo(1);
  }

  @Test
  @Tag("DL-4")
  void a_file_is_named_in_rows_by_the_token_that_it_got() throws IOException {
    Campaign spring = scene.spring(CampaignPlan.of("Spring"));
    CampaignAttachment file =
        desk.upload(spring.id(), "../Prices.pdf", "application/pdf", stream("%PDF"))
            .findValue()
            .orElseThrow();

    ImportReport report =
        scene.imported(
            spring.id(),
            ListImport.named("Buyers"),
            "Spring;ana@customer.example;Hi;%s;;\n".formatted(file.token())
                + "Spring;ben@customer.example;Hi;unknown;;\n");

    OutboundMessage mail =
        desk.preview(RecipientId.of(report.list().id(), 1)).findValue().orElseThrow();
    assertThat(mail.attachments()).hasSize(1);
    assertThat(mail.attachments().get(0).name().value()).endsWith("Prices.pdf");
    assertThat(report.problems())
        .extracting(RowProblem::code)
        .containsExactly(RowProblem.Code.UNKNOWN_ATTACHMENT);
    assertThat(desk.files(spring.id()).findValue()).hasValue(List.of(file));
  }

  @Test
  @Tag("DL-4")
  void a_file_that_no_server_takes_is_not_kept() throws IOException {
    Campaign spring = scene.spring();

    Outcome<CampaignAttachment> file =
        desk.upload(spring.id(), "film.mp4", "video/mp4", new Endless());

    assertThat(file).isInstanceOf(Outcome.Refused.class);
    assertThat(desk.files(spring.id()).findValue()).hasValue(List.of());
  }

  @Test
  @Tag("DL-4")
  void the_bytes_of_a_file_stay_as_long_as_it_does() throws IOException {
    Campaign spring = scene.spring();
    CampaignAttachment file =
        desk.upload(spring.id(), "a.txt", "text/plain", stream("prices")).findValue().orElseThrow();
    assertThat(scene.storage.persons().usesOf(Set.of(file.content().digest()), List.of()))
        .hasSize(1);

    desk.removeFile(spring.id(), file.token());

    assertThat(scene.storage.persons().usesOf(Set.of(file.content().digest()), List.of()))
        .isEmpty();
    scene.clock.advance(Duration.ofHours(3));
    scene.engage.outbox().workOff();
    assertThat(scene.blobs.find(file.content().digest())).isEmpty();
  }

  @Test
  @Tag("DL-6")
  void every_row_is_looked_at_before_the_start() {
    Campaign spring =
        scene.spring(CampaignPlan.of("Hello ${name}").withPace(Pace.every(Duration.ofMinutes(1))));
    scene.imported(
        spring.id(),
        ListImport.named("Buyers").thenActivated(),
        "Spring;ana@customer.example;Hi;;\"name\":\"Ana\",\"city\":\"Rome\";\n"
            + "Spring;ben@customer.example;;;\"name\":\"Ben\";\n"
            + "Spring;eva@customer.example;Hi;;\"name\":\"Eva\",\"city\":\"Bari\";\n"
            + "Spring;ida@customer.example;A long text;;\"name\":\"Ida\",\"city\":\"Pisa\";\n");
    desk.save(spring.withPlan("Spring", spring.plan().withSubject("${name} of ${city}")));
    suppress("eva@customer.example");

    Preflight preflight = desk.preflight(spring.id()).findValue().orElseThrow();

    assertThat(preflight.mails()).isEqualTo(2);
    assertThat(preflight.suppressed()).isEqualTo(1);
    assertThat(preflight.faultCount()).isEqualTo(1);
    assertThat(preflight.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.recipient().row()).isEqualTo(2);
              assertThat(fault.why()).isEqualTo(Why.INVALID_ROW);
              assertThat(fault.reason()).contains("city");
            });
    assertThat(preflight.missing()).containsExactly("city");
    assertThat(preflight.largest()).isPositive();
    assertThat(preflight.problems()).isEmpty();
    assertThat(preflight.forecast())
        .isEqualTo(new Forecast.At(scene.clock.instant().plus(Duration.ofMinutes(1))));
    assertThat(scene.mail.sent()).isEmpty();
  }

  @Test
  @Tag("DL-6")
  void a_campaign_whose_texts_cannot_be_filled_in_does_not_start() {
    Campaign spring = scene.spring(CampaignPlan.of("Hello ${>file}"));
    scene.active(spring.id());

    Preflight preflight = desk.preflight(spring.id()).findValue().orElseThrow();
    Outcome<Campaign> started = desk.start(spring.id());

    assertThat(preflight.problems()).hasSize(1);
    assertThat(started).isInstanceOf(Outcome.Refused.class);
    assertThat(scene.now(spring.id()).state().status()).isEqualTo(Campaign.Status.PREPARED);
  }

  @Test
  @Tag("DL-5")
  void nobody_gets_an_empty_mail_because_the_template_is_gone() {
    Template offer = Template.of("offer", "Offer", Template.Purpose.DIALER, "", "Hello ${name}");
    scene.commit(InboxChange.builder().document(offer));
    Campaign spring = scene.spring(CampaignPlan.of("Spring").withTemplate(offer.id()));
    scene.imported(
        spring.id(),
        ListImport.named("Buyers").thenActivated(),
        "Spring;ana@customer.example;;;\"name\":\"Ana\";\n");
    desk.start(spring.id());

    scene.commit(InboxChange.builder().drop(offer.withVersion(1)));
    scene.dialer.workOff();

    assertThat(scene.mail.sent()).isEmpty();
    assertThat(scene.now(spring.id()).state().status()).isEqualTo(Campaign.Status.STOPPED);
    assertThat(scene.now(spring.id()).state().reason()).contains("template");
    assertThat(desk.resume(spring.id())).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("IN-13")
  void a_template_that_a_campaign_uses_is_not_deleted() {
    Template offer = Template.of("offer", "Offer", Template.Purpose.DIALER, "", "Hello ${name}");
    scene.commit(InboxChange.builder().document(offer));
    Campaign spring = scene.spring(CampaignPlan.of("Spring").withTemplate(offer.id()));
    TemplateDesk templates = scene.engage.setupOf(CampaignScene.CLARA).templates();

    Outcome<Template> used = templates.delete(offer.id());

    assertThat(used).isInstanceOf(Outcome.Refused.class);
    desk.cancel(spring.id());
    assertThat(templates.delete(offer.id()).isDone()).isTrue();
  }

  @Test
  @Tag("G-41")
  void a_campaign_that_was_stopped_while_its_last_mail_went_is_resumed_to_finish() {
    Campaign spring = scene.spring();
    scene.active(spring.id());
    desk.start(spring.id());
    scene.dialer.workOff();
    Campaign served = scene.now(spring.id());
    int sent = scene.mail.sent().size();
    scene.commit(
        InboxChange.builder()
            .document(
                served.withState(
                    served.state().to(Campaign.Status.STOPPED, scene.clock.instant(), null))));

    Outcome<Campaign> resumed = desk.resume(spring.id());
    scene.dialer.workOff();

    assertThat(resumed.isDone()).isTrue();
    assertThat(scene.now(spring.id()).state().status()).isEqualTo(Campaign.Status.FINISHED);
    assertThat(scene.mail.sent()).hasSize(sent);
  }

  @Test
  void a_campaign_goes_its_way_from_start_to_end() {
    Campaign spring = scene.spring();
    assertThat(desk.start(spring.id())).isInstanceOf(Outcome.Refused.class);
    CampaignList list = scene.active(spring.id());

    desk.start(spring.id());
    desk.stop(spring.id());
    desk.resume(spring.id());
    desk.cancel(spring.id());

    assertThat(desk.start(spring.id())).isInstanceOf(Outcome.Refused.class);
    assertThat(scene.now(spring.id()).state().startedAt()).isEqualTo(scene.clock.instant());
    assertThat(scene.facts())
        .containsSequence(
            new AuditFact.ListImported(spring.id(), list.id(), 2, 0),
            new AuditFact.CampaignStarted(spring.id(), 2),
            new AuditFact.CampaignStopped(spring.id(), "Stopped by Clara Contreras"),
            new AuditFact.CampaignResumed(spring.id()),
            new AuditFact.CampaignCancelled(spring.id(), 2));
  }

  @Test
  @Tag("DL-10")
  void a_campaign_that_has_finished_goes_on_with_a_further_list() {
    Campaign spring = scene.spring(CampaignPlan.of("Spring"));
    scene.active(spring.id());
    desk.start(spring.id());
    scene.dialer.workOff();
    assertThat(scene.now(spring.id()).state().status()).isEqualTo(Campaign.Status.FINISHED);
    assertThat(desk.monitor(spring.id()).findValue().orElseThrow().percent()).isEqualTo(100);

    scene.imported(
        spring.id(),
        ListImport.named("Late").thenActivated(),
        "Spring;carl@customer.example;Hi;;;\n");
    desk.start(spring.id());
    scene.dialer.workOff();

    CampaignView view = desk.monitor(spring.id()).findValue().orElseThrow();
    assertThat(view.counts().sent()).isEqualTo(3);
    assertThat(view.percent()).isEqualTo(100);
    assertThat(scene.mail.sent()).hasSize(3);
  }

  @Test
  void a_campaign_that_runs_is_not_removed_and_one_that_does_not_goes_with_all_it_has()
      throws IOException {
    Campaign spring = scene.spring();
    CampaignList list = scene.active(spring.id());
    desk.upload(spring.id(), "a.txt", "text/plain", stream("prices"));
    desk.start(spring.id());
    assertThat(desk.remove(spring.id())).isInstanceOf(Outcome.Refused.class);
    desk.stop(spring.id());
    assertThat(desk.remove(spring.id())).isInstanceOf(Outcome.Refused.class);
    desk.deactivate(list.id());

    Outcome<Campaign> removed = desk.remove(spring.id());

    assertThat(removed.isDone()).isTrue();
    assertThat(desk.list()).isEmpty();
    assertThat(desk.find(spring.id())).isInstanceOf(Outcome.Unknown.class);
    assertThat(scene.storage.recipients().counts(List.of(list.id())).total()).isZero();
    assertThat(scene.facts()).contains(new AuditFact.CampaignRemoved(spring.id(), "Spring", 2));
  }

  @Test
  @Tag("DL-10")
  void the_view_shows_lists_counters_windows_and_the_end() {
    Campaign spring =
        scene.spring(CampaignPlan.of("Spring").withPace(Pace.every(Duration.ofMinutes(1))));
    CampaignList list = scene.active(spring.id());
    inDoubt(list);

    CampaignView view = desk.monitor(spring.id()).findValue().orElseThrow();

    assertThat(view.lists()).containsExactly(scene.list(list.id()));
    assertThat(view.onSchedule()).isTrue();
    assertThat(view.counts().inDoubt()).isEqualTo(1);
    assertThat(view.counts().pending()).isEqualTo(1);
    assertThat(view.percent()).isEqualTo(50);
    assertThat(view.forecast()).isEqualTo(new Forecast.At(scene.clock.instant()));
    assertThat(desk.recount(spring.id()).findValue()).hasValue(view.counts());
  }

  @Test
  @Tag("DL-12")
  void an_agent_settles_what_is_in_doubt() {
    Campaign spring = scene.spring();
    CampaignList list = scene.active(spring.id());
    inDoubt(list);
    inDoubt(list);
    RecipientId ana = RecipientId.of(list.id(), 1);
    RecipientId ben = RecipientId.of(list.id(), 2);

    desk.resolve(spring.id(), List.of(ana), Resolution.ARRIVED);
    desk.resolve(spring.id(), List.of(ana, ben), Resolution.SEND_AGAIN);

    assertThat(statuses(list)).containsExactly("1 sent arrived", "2 pending no-answer");
    assertThat(scene.facts())
        .endsWith(
            new AuditFact.RecipientsResolved(spring.id(), 1, "arrived"),
            new AuditFact.RecipientsResolved(spring.id(), 1, "send-again"));
    assertThat(desk.resolve(spring.id(), List.of(ana), Resolution.ARRIVED))
        .isInstanceOf(Outcome.AlreadySo.class);
  }

  @Test
  @Tag("DL-10")
  @Tag("G-53")
  void what_became_of_each_recipient_goes_out_as_a_safe_file() throws IOException {
    Campaign spring = scene.spring(CampaignPlan.of("Spring"));
    ImportReport report =
        scene.imported(
            spring.id(),
            ListImport.named("Buyers"),
            "Spring;ana@customer.example;;;;\nSpring;=cmd();;;;\n");
    ByteArrayOutputStream file = new ByteArrayOutputStream();

    Outcome<Long> written = desk.export(report.list().id(), file);

    assertThat(written.findValue()).hasValue(2L);
    String text = file.toString(StandardCharsets.UTF_8);
    assertThat(text.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("1;ana@customer.example;pending;"))
        .noneMatch(line -> line.contains(";=") || line.contains("\"="));
    assertThat(scene.facts())
        .endsWith(new AuditFact.RecipientsExported(spring.id(), report.list().id(), 2));
  }

  @Test
  @Tag("DL-6")
  void a_mail_to_try_out_unsubscribes_nobody_and_changes_nobodys_state() throws IOException {
    Campaign spring =
        scene.spring(
            CampaignPlan.of("Spring").withUnsubscribeHtml("<a id=\"unsubscribe_link\">Stop</a>"));
    CampaignList list = scene.active(spring.id());
    RecipientId ana = RecipientId.of(list.id(), 1);

    Outcome<SendOutcome> sent = desk.sendTest(ana, EmailAddress.of("clara@shop.example"));

    assertThat(sent.findValue()).get().isInstanceOf(SendOutcome.Accepted.class);
    assertThat(scene.mail.sent()).hasSize(1);
    Envelope mail = scene.mail.sent().get(0);
    assertThat(mail.recipients()).containsExactly(EmailAddress.of("clara@shop.example"));
    assertThat(new String(mail.content().open().readAllBytes(), StandardCharsets.UTF_8))
        .contains("Hello Ana")
        .doesNotContain("d1." + list.id().value());
    assertThat(statuses(list)).containsExactly("1 pending", "2 pending");
  }

  @Test
  @Tag("DL-2")
  void the_list_to_begin_with_can_be_imported() {
    Campaign spring = scene.spring(CampaignPlan.of("Spring"));

    ImportReport report =
        desk.importList(spring.id(), ListImport.named("Sample"), stream(desk.sampleList("Spring")))
            .findValue()
            .orElseThrow();

    assertThat(report.problemCount()).isZero();
    assertThat(report.list().rows()).isPositive();
  }

  @Test
  @Tag("G-45")
  void storage_is_asked_as_often_for_a_batch_however_many_rows_stand_in_it() {
    Campaign spring = scene.spring(CampaignPlan.of("Spring").withDuplicates(Duplicates.SEND_FIRST));
    scene.imported(spring.id(), ListImport.named("Before"), rows(1));

    long one = callsOf(() -> scene.imported(spring.id(), ListImport.named("One"), rows(1)));
    long full = callsOf(() -> scene.imported(spring.id(), ListImport.named("Full"), rows(499)));
    long four = callsOf(() -> scene.imported(spring.id(), ListImport.named("Four"), rows(1_700)));

    assertThat(full).isEqualTo(one);
    assertThat(four - full).isEqualTo(3 * 2);
  }

  @Test
  @Tag("DL-10")
  void the_view_costs_the_same_however_much_there_is() {
    Campaign spring = scene.spring();
    scene.imported(spring.id(), ListImport.named("One"), rows(1));
    long little = callsOf(() -> desk.monitor(spring.id()));
    for (int list = 0; list < 20; list++) {
      scene.imported(spring.id(), ListImport.named("List " + list), rows(100));
    }

    long much = callsOf(() -> desk.monitor(spring.id()));

    assertThat(much).isEqualTo(little);
  }

  private long callsOf(Runnable work) {
    int before = scene.calls.get();
    work.run();
    return scene.calls.get() - before;
  }

  private void inDoubt(CampaignList list) {
    List<RecipientClaim> claims =
        scene
            .storage
            .recipients()
            .claim(
                List.of(list.id()),
                1,
                scene.clock.instant(),
                scene.clock.instant().plusSeconds(60));
    scene
        .storage
        .recipients()
        .settle(
            scene.storage.recipients().markAttempting(claims).stream()
                .map(
                    claim ->
                        RecipientSettlement.end(
                            claim,
                            RecipientStatus.IN_DOUBT,
                            RecipientOutcome.of(Why.NO_ANSWER, "No answer"),
                            scene.clock.instant()))
                .toList());
  }

  private void suppress(String address) {
    scene
        .engage
        .foundation()
        .commit(
            InboxChange.builder()
                .document(
                    scene
                        .engage
                        .foundation()
                        .suppression(
                            EmailAddress.of(address),
                            Suppressing.SCOPE,
                            "unsubscribed",
                            scene.clock.instant())),
            Actor.agent(CampaignScene.CLARA),
            AuditSubject.of(SHOP.id()),
            new AuditFact.Suppressed(CampaignId.of("earlier"), "unsubscribed"));
  }

  private List<String> statuses(CampaignList list) {
    return scene.storage.recipients().of(list.id(), Set.of(), 0, 10).stream()
        .map(CampaignDeskTest::statusOf)
        .toList();
  }

  private static String statusOf(Recipient recipient) {
    RecipientOutcome outcome = recipient.state().outcome();
    return recipient.id().row()
        + " "
        + recipient.state().status().code()
        + (outcome == null ? "" : " " + outcome.why().code());
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      rows.append("Spring;buyer-").append(i).append("@customer.example;Hi;;\"name\":\"B\";\n");
    }
    return rows.toString();
  }

  /** A file that cannot be read to its end. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("The line was cut");
    }
  }

  /** Bytes without end. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return length;
    }
  }
}
