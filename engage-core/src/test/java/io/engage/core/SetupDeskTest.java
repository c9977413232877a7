package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.engage.memory.InMemoryMail.Step;
import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Reply;
import io.engage.model.queue.Rotation;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.rule.TextMatch;
import io.engage.model.template.QuickReply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.Permissions;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SetupDeskTest {
  private static final AccountId RENTALS = AccountId.of("rentals-mail");
  private static final StoredAccount RENTALS_ACCOUNT =
      new StoredAccount(
          MailAccount.of(
              "rentals-mail", "rentals", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25)),
          0);
  private static final Credential PASSWORD = Credential.password("a bicycle");
  private static final InboxId SHOP = Shop.shop().id();
  private static final InboxId WORKSHOP = Shop.workshop().id();

  private final Street street = new Street();
  private final SetupDesk setup = street.engage.setupOf(Shop.CLARA);

  @AfterEach
  void close() {
    street.close();
  }

  private static Inbox rentals() {
    return Inbox.of("rentals", "Rentals", "rent@shop.example", RENTALS);
  }

  private Inbox stored(InboxId id) {
    return street.engage.inboxes().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<AuditFact> facts() {
    return street.listener.entries().stream().map(AuditEntry::fact).toList();
  }

  private Inbox saved(Outcome<SavedInbox> outcome) {
    return outcome.findValue().orElseThrow().inbox();
  }

  private static String refused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).reason();
  }

  private void arrivesAtRentals(String id) {
    street.mail.deliver(
        RENTALS,
        Street.fromAna(id, "May I rent a bike?")
            .replace("repairs@", "rent@")
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private List<Conversation> inRentals() {
    return street.list(ConversationFilter.open().inInboxes(Set.of(rentals().id())));
  }

  @Test
  @Tag("IN-1")
  @Tag("IN-3")
  void an_inbox_is_saved_with_its_account_and_its_servers_answer_green() {
    Outcome<SavedInbox> outcome = setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);

    assertThat(outcome.findValue().orElseThrow().check())
        .matches(AccountCheck::isGreen)
        .extracting(AccountCheck::findings)
        .asList()
        .hasSize(3);
    assertThat(stored(rentals().id())).isEqualTo(rentals().withVersion(1));
    assertThat(setup.accounts()).contains(RENTALS_ACCOUNT.withVersion(1));
  }

  @Test
  @Tag("IN-3")
  void with_a_wrong_password_the_inbox_is_not_created() {
    street.mail.failNext(Step.CONNECT_TO_SEND, Reason.WRONG_CREDENTIAL, 1);

    Outcome<SavedInbox> outcome = setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);

    assertThat(refused(outcome)).contains("did not accept user and password");
    assertThat(street.engage.inboxes()).extracting(Inbox::id).doesNotContain(rentals().id());
    assertThat(setup.accounts()).hasSize(1);
    Awaitility.await()
        .until(() -> facts().stream().anyMatch(AuditFact.AccountRefused.class::isInstance));
  }

  @Test
  @Tag("IN-3")
  void a_server_that_cannot_be_reached_is_red_and_the_inbox_is_saved_all_the_same() {
    street.mail.failNext(Step.OPEN, Reason.UNKNOWN_HOST, 1);

    Outcome<SavedInbox> outcome = setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);

    AccountCheck check = outcome.findValue().orElseThrow().check();
    assertThat(check).isNotNull();
    assertThat(check.isGreen(AccountCheck.Server.IMAP)).isFalse();
    assertThat(check.isGreen(AccountCheck.Server.SMTP)).isTrue();
    assertThat(check.reason()).contains("the host name is unknown");
    assertThat(stored(rentals().id()).version()).isEqualTo(1);
  }

  @Test
  @Tag("IN-14")
  void of_two_administrators_neither_overwrites_the_other() {
    Inbox read = stored(SHOP);
    SetupDesk dirk = street.engage.setupOf(Shop.DIRK);
    saved(
        dirk.saveInbox(
            read.withSettings(read.settings().change().knownContactsOnly(true).build())));

    Outcome<SavedInbox> late =
        setup.saveInbox(read.withSettings(read.settings().change().receiving(false).build()));

    assertThat(refused(late)).contains("changed by somebody else");
    assertThat(stored(SHOP).settings().receiving()).isTrue();
    assertThat(stored(SHOP).settings().knownContactsOnly()).isTrue();
  }

  @Test
  @Tag("IN-6")
  void agents_are_added_to_several_inboxes_at_once_and_each_inbox_answers() {
    Map<InboxId, Outcome<Inbox>> outcomes =
        setup.addMembers(
            List.of(SHOP, WORKSHOP, InboxId.of("none")),
            List.of(new Member(AgentId.of("clara"), 10), Member.of("dirk")));

    assertThat(outcomes.get(SHOP)).matches(Outcome::isDone);
    assertThat(outcomes.get(WORKSHOP)).matches(Outcome::isDone);
    assertThat(outcomes.get(InboxId.of("none"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(stored(WORKSHOP).settings().members())
        .containsExactly(new Member(AgentId.of("clara"), 10), Member.of("dirk"));

    setup.removeMembers(List.of(SHOP, WORKSHOP), List.of(AgentId.of("clara")));

    assertThat(stored(SHOP).settings().members()).containsExactly(Member.of("dirk"));
  }

  @Test
  @Tag("DI-2")
  void when_members_leave_turns_go_on_where_they_stood() {
    setup.addMembers(
        List.of(SHOP),
        List.of(Member.of("clara"), Member.of("dirk"), Member.of("eva"), Member.of("tom")));
    Rotation served = new Rotation(SHOP, AgentId.of("eva"), 2, 0);
    AuditEntry entry =
        new AuditEntry(
            AuditEntryId.of("served"),
            Shop.MORNING,
            Actor.DISTRIBUTION,
            AuditSubject.of(SHOP),
            new AuditFact.Offered(served.last(), "Eva", Shop.MORNING));
    street
        .storage
        .inboxes()
        .commit(InboxChange.builder().document(served).audit(List.of(entry)).build());

    setup.removeMembers(List.of(SHOP), List.of(AgentId.of("eva"), AgentId.of("clara")));

    assertThat(street.storage.documents().find(List.of(served.key())))
        .containsExactly(new Rotation(SHOP, AgentId.of("dirk"), 0, 2));
  }

  @Test
  @Tag("TH-6")
  void where_an_agent_may_not_nothing_changes_and_the_refusal_is_recorded() {
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.CONFIGURE, SHOP, "Only the manager sets up the shop");

    Map<InboxId, Outcome<Inbox>> outcomes = setup.setEnabled(List.of(SHOP, WORKSHOP), false);

    assertThat(refused(outcomes.get(SHOP))).contains("Only the manager");
    assertThat(outcomes.get(WORKSHOP)).matches(Outcome::isDone);
    assertThat(stored(SHOP).settings().enabled()).isTrue();
    assertThat(refused(setup.saveInbox(stored(SHOP)))).contains("Only the manager");
    Awaitility.await()
        .until(
            () ->
                facts()
                    .contains(
                        new AuditFact.ActionRefused(
                            "configure", "Only the manager sets up the shop")));
  }

  @Test
  @Tag("IN-14")
  void what_is_switched_off_keeps_everything_and_sends_nothing() {
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation asked = street.onlyConversation();

    setup.setEnabled(List.of(WORKSHOP), false);

    assertThat(street.open()).containsExactly(asked);
    assertThat(refused(street.clara.reply(asked.id(), Reply.of("Yes"))))
        .contains("'Workshop' is switched off");
    setup.setEnabled(List.of(WORKSHOP), true);
    assertThat(street.clara.reply(asked.id(), Reply.of("Yes"))).matches(Outcome::isDone);
  }

  @Test
  @Tag("IN-14")
  void while_all_inboxes_of_an_account_are_off_its_mail_waits_on_the_server() {
    setup.setEnabled(List.of(SHOP, WORKSHOP), false);
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));

    assertThat(street.sync().imported()).isZero();
    setup.setEnabled(List.of(WORKSHOP), true);

    assertThat(street.sync().imported()).isEqualTo(1);
    assertThat(street.onlyConversation().inbox()).isEqualTo(WORKSHOP);
  }

  @Test
  @Tag("IN-14")
  void mail_that_shares_an_account_waits_in_the_inbox_that_is_off() {
    setup.setEnabled(List.of(WORKSHOP), false);
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));

    assertThat(street.sync().imported()).isEqualTo(1);
    assertThat(street.onlyConversation().inbox()).isEqualTo(WORKSHOP);
  }

  @Test
  @Tag("IN-2")
  @Tag("SY-1")
  void an_account_is_watched_as_soon_as_it_is_set_up_and_as_long_as_its_inbox_is_on() {
    try (Running running = street.engage.start()) {
      setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);
      arrivesAtRentals("1@customer.example");
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> inRentals().size() == 1);

      setup.setEnabled(List.of(rentals().id()), false);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> street.engage.mail().health(RENTALS).lastGoodSync() == null);
      arrivesAtRentals("2@customer.example");
      assertThat(street.engage.mail().sync(RENTALS).imported()).isZero();

      setup.setEnabled(List.of(rentals().id()), true);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> street.engage.mail().health(RENTALS).lastGoodSync() != null);
      assertThat(inRentals().stream().mapToInt(Conversation::messages).sum()).isEqualTo(2);
      assertThat(running).isNotNull();
    }
  }

  @Test
  @Tag("PO-3")
  void another_node_knows_an_account_that_was_set_up_on_this_one() {
    try (Engage otherNode = street.engageOn(street.storage, street.mail)) {
      setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);
      arrivesAtRentals("1@customer.example");

      assertThat(otherNode.mail().sync(RENTALS).imported()).isEqualTo(1);
    }
  }

  @Test
  @Tag("IN-14")
  void what_administrators_made_of_an_inbox_survives_a_restart() {
    setup.addMembers(List.of(SHOP), List.of(Member.of("clara")));

    street.engageOn(street.storage, street.mail).close();

    assertThat(stored(SHOP).settings().members()).containsExactly(Member.of("clara"));
  }

  @Test
  @Tag("IN-2")
  void an_account_is_changed_for_all_its_inboxes_and_only_deleted_when_it_has_none() {
    setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);
    StoredAccount moved =
        new StoredAccount(
            MailAccount.of(
                "rentals-mail", "rent", ServerEndpoint.loopback(993), ServerEndpoint.loopback(587)),
            1);

    assertThat(setup.saveAccount(moved, PASSWORD)).matches(Outcome::isDone);
    assertThat(refused(setup.saveAccount(moved, PASSWORD))).contains("somebody else");
    assertThat(refused(setup.deleteAccount(RENTALS))).contains("Inbox 'Rentals' uses");
    setup.deleteInbox(rentals().id(), SHOP);
    assertThat(refused(setup.deleteAccount(RENTALS))).contains("earlier addresses");
    Inbox heir = stored(SHOP);
    setup.saveInbox(heir.withSettings(heir.settings().change().formerAccounts(Set.of()).build()));
    assertThat(setup.deleteAccount(RENTALS)).matches(Outcome::isDone);
    assertThat(setup.deleteAccount(RENTALS)).isInstanceOf(Outcome.Unknown.class);
    Awaitility.await()
        .until(
            () ->
                facts()
                    .contains(
                        new AuditFact.AccountConfigured(
                            RENTALS, List.of("user", "imap", "smtp", "credential"))));
  }

  @Test
  @Tag("IN-2")
  void an_account_of_the_program_is_not_changed_here() {
    StoredAccount given = setup.accounts().get(0);

    assertThat(refused(setup.saveAccount(given, PASSWORD))).contains("given by the program");
  }

  @Test
  @Tag("IN-14")
  void a_deleted_inbox_leaves_everything_to_its_heir() {
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
    street.arrives(Street.mailFrom("ben@customer.example", "2@customer.example", "And mine?"));
    street.sync();
    Conversation ana = street.open().get(1);
    street.clara.delete(List.of(street.open().get(0).id()));

    Outcome<Inbox> outcome = setup.deleteInbox(WORKSHOP, SHOP);

    assertThat(outcome).matches(Outcome::isDone);
    assertThat(street.engage.inboxes()).extracting(Inbox::id).containsExactly(SHOP);
    assertThat(street.onlyConversation().inbox()).isEqualTo(SHOP);
    assertThat(street.lastMessage(ana).inbox()).isEqualTo(SHOP);
    assertThat(street.clara.auditTrail(ana.id()))
        .extracting(AuditEntry::fact)
        .contains(new AuditFact.Transferred(WORKSHOP, SHOP));
    street.arrives(Street.fromAna("3@customer.example", "One more thing"));
    street.sync();
    assertThat(street.open()).extracting(Conversation::inbox).containsOnly(SHOP);
    assertThat(setup.deleteInbox(WORKSHOP, SHOP)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("SY-5")
  void what_was_deleted_in_an_inbox_that_is_gone_stays_in_the_customers_history() {
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation asked = street.onlyConversation();
    street.clara.open(street.lastMessage(asked).id());
    street.clara.delete(List.of(asked.id()));

    setup.deleteInbox(WORKSHOP, SHOP);

    assertThat(street.clara.history(CustomerId.of("ana"), Page.Request.first(10)).items())
        .hasSize(1);
  }

  @Test
  @Tag("TH-6")
  @Tag("WK-10")
  void before_the_first_inbox_the_host_is_asked_about_the_whole() {
    InMemoryStorage empty = InMemoryStorage.create();
    try (Engage engage = street.builderWithoutInboxes(empty).build()) {
      SetupDesk first = engage.setupOf(Shop.CLARA);

      assertThat(first.quickReplies().add("Hi", "Hello")).matches(Outcome::isDone);
      assertThat(first.templates().list().findValue()).contains(List.of());
      assertThat(engage.auditOf(Shop.CLARA).newest(10).findValue().orElseThrow())
          .extracting(AuditEntry::fact)
          .containsExactly(new AuditFact.QuickRepliesChanged(1));
    }
  }

  @Test
  @Tag("TH-6")
  @Tag("WK-10")
  void where_there_is_no_inbox_a_host_that_says_nothing_refuses_and_that_too_is_recorded() {
    InMemoryStorage empty = InMemoryStorage.create();
    Permissions silent = (agent, action, inboxes) -> Map.of();
    try (Engage engage = street.builderWithoutInboxes(empty).permissions(silent).build()) {
      Outcome<?> refused = engage.setupOf(Shop.CLARA).quickReplies().add("Hi", "Hello");

      assertThat(refused(refused)).contains("no inbox yet");
    }
    assertThat(empty.audit().newest(10))
        .extracting(AuditEntry::fact)
        .containsExactly(
            new AuditFact.ActionRefused(
                AgentAction.MANAGE_CLIENTELING.code(),
                "There is no inbox yet for which the host could permit 'manage-clienteling'."
                    + " Set one up first."));
  }

  @Test
  @Tag("IN-13")
  void a_template_is_refused_with_line_and_column() {
    Template hostile =
        Template.of("t", "Hello", Template.Purpose.REPLY, "Hello", "Dear ${name},\n${>secret}");

    assertThat(refused(setup.templates().save(hostile))).contains("line 2, column 1");
  }

  @Test
  @Tag("IN-13")
  void what_only_looks_like_a_field_stays_as_it_is_and_its_author_is_told_where() {
    Template odd =
        new Template(
            TemplateId.of("t"),
            "Ready",
            null,
            Template.Purpose.REPLY,
            "About ${}",
            "Dear ${customer.name},\nit costs ${5",
            "<p>${inbox.name}</p>",
            0);

    SavedTemplate saved = setup.templates().save(odd).findValue().orElseThrow();

    assertThat(saved.template().text()).isEqualTo(odd.text());
    assertThat(saved.warnings())
        .containsExactly(
            "The subject, line 1, column 7: '${' begins no field here and stays as it is",
            "The text, line 2, column 10: '${' begins no field here and stays as it is");
  }

  @Test
  @Tag("IN-13")
  @Tag("IN-11")
  @Tag("IN-10")
  void a_template_with_a_field_that_never_has_a_value_is_refused_with_its_place() {
    TemplateDesk templates = setup.templates();

    Outcome<SavedTemplate> confirmation =
        templates.save(
            Template.of(
                "c",
                "Received",
                Template.Purpose.CONFIRMATION,
                "We have it",
                "Dear ${customer.name},\nwe have ${subject}."));
    Outcome<SavedTemplate> signature =
        templates.save(Template.of("s", "Yours", Template.Purpose.SIGNATURE, "", "${agent}"));

    assertThat(refused(confirmation))
        .contains("The text", "line 2, column 9", "'${subject}'", "customer.name, date")
        .doesNotContain("agent.name");
    assertThat(refused(signature)).contains("line 1, column 1", "'${agent}'", "agent.name");
    assertThat(
            templates.save(
                Template.of("d", "Sale", Template.Purpose.DIALER, "", "Dear ${First Name}")))
        .matches(Outcome::isDone);
  }

  @Test
  @Tag("IN-13")
  @Tag("TH-5")
  void a_template_that_needs_an_agent_is_sent_by_no_rule() {
    TemplateDesk templates = setup.templates();
    Template ready = Template.of("r", "Ready", Template.Purpose.REPLY, "", "It is ready.");
    Template signed =
        Template.of("a", "Signed", Template.Purpose.REPLY, "", "Yours, ${agent.name}");
    Template stored = templates.save(ready).findValue().orElseThrow().template();
    templates.save(signed);

    Outcome<SavedInbox> refused = setup.saveRules(SHOP, stored(SHOP).version(), sending(signed));
    saved(setup.saveRules(SHOP, stored(SHOP).version(), sending(ready)));

    assertThat(refused(refused)).contains("Template 'Signed'", "without an agent", "agent.name");
    assertThat(refused(templates.save(saying(stored, "Yours, ${agent.name}"))))
        .contains("Inbox 'Bike shop' uses it", "without an agent");
  }

  private static RuleSet sending(Template template) {
    return RuleSet.of(
        Rule.named("answer").always().then(RuleAction.send(template.id(), Shop.MORNING)));
  }

  private static Template saying(Template template, String text) {
    return new Template(
        template.id(),
        template.name(),
        template.inbox(),
        template.purpose(),
        template.subject(),
        text,
        template.html(),
        template.version());
  }

  @Test
  @Tag("IN-13")
  void a_template_is_written_changed_and_deleted_when_nothing_uses_it() {
    TemplateDesk templates = setup.templates();
    Template bye =
        Template.of("bye", "Bye", Template.Purpose.SIGNATURE, "", "Yours, ${agent.name}");
    Template stored = templates.save(bye).findValue().orElseThrow().template();
    Inbox shop = stored(SHOP);
    setup.saveInbox(
        shop.withSettings(shop.settings().change().signature(TemplateId.of("bye")).build()));

    assertThat(templates.list().findValue().orElseThrow()).containsExactly(stored);
    assertThat(templates.save(stored)).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(refused(templates.save(bye))).contains("somebody else");
    assertThat(refused(templates.delete(bye.id()))).contains("Inbox 'Bike shop' uses");
    assertThat(refused(templates.save(forWorkshop(stored)))).contains("is for another inbox");
    Inbox now = stored(SHOP);
    setup.saveInbox(now.withSettings(now.settings().change().signature(null).build()));
    assertThat(templates.delete(bye.id())).matches(Outcome::isDone);
    assertThat(templates.list().findValue().orElseThrow()).isEmpty();
  }

  private static Template forWorkshop(Template template) {
    return new Template(
        template.id(),
        template.name(),
        WORKSHOP,
        template.purpose(),
        template.subject(),
        template.text(),
        template.html(),
        template.version());
  }

  @Test
  @Tag("SM-4")
  void quick_replies_are_added_updated_moved_and_deleted_in_order() {
    QuickReplyDesk desk = setup.quickReplies();
    desk.add("Ready", "Your bike is ready.");
    desk.add("Thanks", "Thank you, ${customer.name}!");
    desk.add("Closed", "We are closed.");
    List<String> ids =
        desk.list().findValue().orElseThrow().replies().stream().map(QuickReply::id).toList();

    desk.move(ids.get(2), 0);
    desk.update(ids.get(0), "Ready", "It is ready.");
    desk.delete(ids.get(1));

    assertThat(desk.list().findValue().orElseThrow().replies())
        .extracting(QuickReply::title, QuickReply::message)
        .containsExactly(tuple("Closed", "We are closed."), tuple("Ready", "It is ready."));
    assertThat(refused(desk.add("", "No title"))).contains("needs a title");
    assertThat(refused(desk.add("Bad", "${#if}"))).contains("line 1, column 1");
    assertThat(desk.move("gone", 1)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("TH-5")
  void rules_are_saved_with_the_version_that_they_were_read_with() {
    Rule rule =
        new Rule(
            "urgent",
            true,
            new Condition.Subject(new TextMatch(TextMatch.Mode.CONTAINS, "urgent")),
            List.of(new RuleAction.SetPriority(1)));
    long version = stored(SHOP).version();

    Inbox saved = saved(setup.saveRules(SHOP, version, RuleSet.of(rule)));

    assertThat(saved.settings().rules()).isEqualTo(RuleSet.of(rule));
    assertThat(refused(setup.saveRules(SHOP, version, RuleSet.none())))
        .contains("changed by somebody else");
    assertThat(stored(SHOP)).isEqualTo(saved);
  }

  @Test
  @Tag("IN-7")
  @Tag("IN-8")
  @Tag("IN-9")
  void schedule_limits_and_service_level_are_edited_and_the_trail_names_them() {
    Inbox shop = stored(SHOP);
    WeeklySchedule hours =
        new WeeklySchedule(ZoneId.of("Europe/Rome"), List.of(), Map.of())
            .with(WeeklySchedule.Window.of(DayOfWeek.MONDAY, "09:00", "18:00"));
    InboxSettings settings =
        shop.settings()
            .change()
            .schedule(hours)
            .limits(new Limits(3, 50))
            .serviceLevel(
                new ServiceLevel(
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(4),
                    Duration.ofHours(2),
                    20))
            .build();

    Outcome<SavedInbox> outcome = setup.saveInbox(shop.withSettings(settings));

    assertThat(outcome.findValue().orElseThrow().check()).isNull();
    assertThat(stored(SHOP).settings()).isEqualTo(settings);
    Awaitility.await()
        .until(
            () ->
                facts()
                    .contains(
                        new AuditFact.InboxConfigured(
                            "Bike shop", List.of("schedule", "limits", "service level"))));
  }

  @Test
  @Tag("IN-1")
  void an_inbox_that_does_not_receive_needs_no_imap_server_and_none_is_tried() {
    street.mail.failNext(Step.OPEN, Reason.WRONG_CREDENTIAL, 1);
    StoredAccount sending =
        new StoredAccount(
            MailAccount.of("rentals-mail", "rentals", null, ServerEndpoint.loopback(25)), 0);
    Inbox quiet = rentals().withSettings(rentals().settings().change().receiving(false).build());

    assertThat(setup.saveInbox(quiet, sending, PASSWORD)).matches(Outcome::isDone);
    assertThat(refused(firstOf(setup.setReceiving(List.of(quiet.id()), true))))
        .contains("needs an IMAP server");
  }

  private static Outcome<Inbox> firstOf(Map<InboxId, Outcome<Inbox>> outcomes) {
    return outcomes.values().iterator().next();
  }

  @Test
  @Tag("IN-14")
  void an_inbox_to_which_a_rule_routes_is_not_deleted() {
    Rule rule =
        new Rule(
            "repairs",
            true,
            new Condition.All(List.of()),
            List.of(new RuleAction.RouteToInbox(WORKSHOP)));
    setup.saveRules(SHOP, stored(SHOP).version(), RuleSet.of(rule));

    assertThat(refused(setup.deleteInbox(WORKSHOP, SHOP)))
        .contains("Rule 'repairs' of inbox 'Bike shop'");
    assertThat(refused(setup.deleteInbox(SHOP, InboxId.of("none")))).contains("no other inbox");
  }

  @Test
  @Tag("IN-5")
  void without_a_domain_there_is_no_forwarding_address() {
    assertThat(refused(setup.giveForwardingAddress(SHOP))).contains("no domain");
  }

  @Test
  @Tag("IN-3")
  void what_is_switched_on_is_tried_before_each_account_once() {
    setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);
    setup.setEnabled(List.of(SHOP, WORKSHOP, rentals().id()), false);
    street.mail.failNext(Step.CONNECT_TO_SEND, Reason.WRONG_CREDENTIAL, 1);

    Map<InboxId, Outcome<Inbox>> outcomes =
        setup.setEnabled(List.of(SHOP, WORKSHOP, rentals().id()), true);

    assertThat(refused(outcomes.get(SHOP))).contains("did not accept user and password");
    assertThat(refused(outcomes.get(WORKSHOP))).contains("did not accept user and password");
    assertThat(outcomes.get(rentals().id())).matches(Outcome::isDone);
    assertThat(stored(SHOP).settings().enabled()).isFalse();
    assertThat(stored(rentals().id()).settings().enabled()).isTrue();
    Awaitility.await()
        .until(() -> facts().stream().anyMatch(AuditFact.AccountRefused.class::isInstance));
  }

  @Test
  @Tag("IN-3")
  void an_inbox_that_shall_receive_is_tried_before() {
    setup.setReceiving(List.of(SHOP), false);
    street.mail.failNext(Step.OPEN, Reason.WRONG_CREDENTIAL, 1);

    assertThat(refused(setup.setReceiving(List.of(SHOP), true).get(SHOP)))
        .contains("did not accept user and password");
    assertThat(setup.setReceiving(List.of(SHOP), true).get(SHOP)).matches(Outcome::isDone);
  }

  @Test
  @Tag("IN-1")
  @Tag("IN-14")
  void while_all_inboxes_of_an_account_are_off_nothing_else_fetches_its_mail_either() {
    setup.setEnabled(List.of(SHOP, WORKSHOP), false);
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));

    assertThat(street.engage.mail().reconcile(Shop.ACCOUNT)).isEmpty();
    assertThat(street.engage.mail().retryQuarantined(Shop.ACCOUNT)).isZero();
    assertThat(street.list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("IN-3")
  @Tag("WK-10")
  void a_new_password_alone_is_tried_answered_and_recorded() {
    setup.saveInbox(rentals(), RENTALS_ACCOUNT, PASSWORD);
    StoredAccount stored = RENTALS_ACCOUNT.withVersion(1);

    Outcome<SavedAccount> byAccount =
        setup.saveAccount(stored, Credential.password("another bicycle"));
    Outcome<SavedInbox> byInbox =
        setup.saveInbox(stored(rentals().id()), stored, Credential.password("yet another bicycle"));

    assertThat(byAccount.findValue().orElseThrow().check()).matches(AccountCheck::isGreen);
    assertThat(byAccount.findValue().orElseThrow().account()).isEqualTo(stored);
    assertThat(byInbox.findValue().orElseThrow().check()).matches(AccountCheck::isGreen);
    assertThat(setup.saveAccount(stored, null)).isInstanceOf(Outcome.AlreadySo.class);
    Awaitility.await()
        .until(
            () ->
                facts().stream()
                        .filter(
                            new AuditFact.AccountConfigured(RENTALS, List.of("credential"))::equals)
                        .count()
                    == 2);
  }
}
