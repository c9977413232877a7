package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static io.engage.model.rule.Condition.body;
import static io.engage.model.rule.Condition.recipient;
import static io.engage.model.rule.Condition.subject;
import static io.engage.model.rule.Condition.through;
import static io.engage.model.rule.TextMatch.containing;
import static io.engage.model.rule.TextMatch.like;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesOverMailTest {
  private static final InboxId SHOP = Shop.shop().id();
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final Page.Request PAGE = Page.Request.first(100);

  private final Street street = new Street();
  private Engage engage = street.engage;

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  void an_ignored_mail_opens_nothing_is_kept_and_can_be_let_in() {
    workshopRules(
        Rule.named("adverts").when(body(containing("cheap"))).then(RuleAction.ignore()),
        Rule.named("all").always().then(RuleAction.tag("seen by rules")));
    ServerUid uid = street.arrives(fromAna("1@customer.example", "Cheap tyres"));

    SyncReport report = sync();
    List<HeldMail> held = held(WORKSHOP);

    assertThat(street.open()).isEmpty();
    assertThat(report.ignored()).isEqualTo(1);
    assertThat(state(uid)).isEqualTo(LedgerEntry.State.IGNORED);
    assertThat(held)
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.reason()).isEqualTo("rule 'adverts' ignores it");
              assertThat(mail.sender()).isEqualTo("ana@customer.example");
              assertThat(mail.subject()).isEqualTo("My bike");
            });
    assertThat(desk().look(WORKSHOP, held.get(0).key()).findValue().orElseThrow().text())
        .contains("Cheap tyres");
    assertThat(facts(AuditFact.Ignored.class)).hasSize(1);
    assertThat(facts(AuditFact.RulesApplied.class))
        .singleElement()
        .satisfies(
            fact ->
                assertThat(fact.explanation())
                    .isEqualTo("rule 'adverts' applies, because body is as the rule says"));

    Outcome<Message> letIn = desk().letIn(WORKSHOP, held.get(0).key());

    assertThat(letIn.isDone()).isTrue();
    assertThat(street.onlyConversation().inbox()).isEqualTo(WORKSHOP);
    assertThat(state(uid)).isEqualTo(LedgerEntry.State.IMPORTED);
    assertThat(held(WORKSHOP)).isEmpty();
    assertThat(facts(AuditFact.LetIn.class)).hasSize(1);
    assertThat(desk().letIn(WORKSHOP, held.get(0).key())).isInstanceOf(Outcome.Unknown.class);
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    assertThat(sync().duplicates()).isEqualTo(1);
  }

  @Test
  @Tag("G-3")
  void an_ignored_mail_stays_ignored_when_its_folder_is_renumbered_and_rules_have_changed() {
    workshopRules(Rule.named("adverts").always().then(RuleAction.ignore()));
    street.arrives(fromAna("1@customer.example", "Cheap tyres"));
    sync();
    workshopRules();
    street.mail.renumber(Shop.ACCOUNT, "INBOX");

    SyncReport report = sync();

    assertThat(report.ignored()).isEqualTo(1);
    assertThat(street.open()).isEmpty();
    assertThat(held(WORKSHOP)).hasSize(1);
    assertThat(desk().letIn(WORKSHOP, held(WORKSHOP).get(0).key()).isDone()).isTrue();
  }

  @Test
  @Tag("IN-12")
  void strangers_open_nothing_in_an_inbox_for_known_contacts_but_may_answer() {
    workshop(settings -> settings.change().knownContactsOnly(true).build());
    street.arrives(mailFrom("stranger@new.example", "1@new.example", "Hello"));
    street.arrives(fromAna("2@customer.example", "Mine too"));
    street.arrives(
        fromAna("3@customer.example", "For my friend")
            .replace("Subject: My bike", "Cc: friend@new.example\nSubject: Two bikes"));
    sync();
    street.arrives(
        mailFrom("friend@new.example", "4@new.example", "Thank you")
            .replace("Subject:", "In-Reply-To: <3@customer.example>\nSubject:"));

    sync();

    assertThat(street.open()).hasSize(2);
    assertThat(street.open()).extracting(Conversation::messages).contains(2);
    assertThat(held(WORKSHOP))
        .extracting(HeldMail::sender, HeldMail::cause)
        .containsExactly(tuple("stranger@new.example", HeldMail.Cause.UNKNOWN_SENDER));
    assertThat(desk().count(WORKSHOP).findValue()).contains(1L);
    assertThat(desk().letIn(WORKSHOP, held(WORKSHOP).get(0).key()).isDone()).isTrue();
    assertThat(street.open()).hasSize(3);
  }

  @Test
  @Tag("IN-12")
  void held_mail_is_shown_newest_first_page_by_page_and_only_to_whom_it_is_permitted() {
    workshop(settings -> settings.change().knownContactsOnly(true).build());
    IntStream.range(0, 25)
        .forEach(
            i -> street.arrives(mailFrom("s" + i + "@new.example", i + "@new.example", "No " + i)));
    sync();

    List<HeldMail> first = desk().list(WORKSHOP, "", 10).findValue().orElseThrow();
    List<HeldMail> second =
        desk().list(WORKSHOP, first.get(9).key().id(), 100).findValue().orElseThrow();

    assertThat(first).extracting(HeldMail::sender).startsWith("s24@new.example");
    assertThat(second).hasSize(15).last().extracting(HeldMail::sender).isEqualTo("s0@new.example");
    street.permissions.refuse(
        AgentId.of("clara"), AgentAction.LET_IN, WORKSHOP, "Ask the workshop");
    assertThat(desk().letIn(WORKSHOP, first.get(0).key()))
        .isEqualTo(new Outcome.Refused<>("Ask the workshop"));
    assertThat(facts(AuditFact.ActionRefused.class)).hasSize(1);
  }

  @Test
  void a_mail_is_routed_to_another_inbox_and_what_follows_goes_there_too() {
    workshopRules(Rule.named("sales").when(body(containing("buy"))).then(RuleAction.routeTo(SHOP)));
    street.arrives(fromAna("1@customer.example", "I want to buy a bike"));
    sync();
    street.arrives(
        fromAna("2@customer.example", "A red one")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));

    sync();

    assertThat(street.onlyConversation().inbox()).isEqualTo(SHOP);
    assertThat(street.onlyConversation().messages()).isEqualTo(2);
  }

  @Test
  void rules_tag_give_a_priority_and_an_agent_and_the_trail_says_why() {
    workshopRules(
        Rule.named("urgent")
            .when(body(containing("broken")).and(recipient(like("repairs@*"))))
            .then(
                RuleAction.tag("Urgent"),
                RuleAction.priority(5),
                RuleAction.routeTo(Shop.DIRK),
                RuleAction.stop()),
        Rule.named("later").always().then(RuleAction.tag("later")));
    street.arrives(fromAna("1@customer.example", "It is broken"));

    sync();

    Conversation conversation = street.onlyConversation();
    assertThat(conversation.state().tags()).containsExactly("urgent");
    assertThat(conversation.state().priority()).isEqualTo(5);
    assertThat(conversation.findAssignee()).contains(Shop.DIRK.id());
    assertThat(street.storage.audit().ofConversation(conversation.id()))
        .extracting(entry -> entry.fact().code())
        .contains("rules-applied", "tagged", "priority-changed", "assigned");
  }

  @Test
  @Tag("TH-1")
  void an_ignored_answer_still_joins_its_conversation() {
    workshopRules(Rule.named("thanks").when(body(containing("thanks"))).then(RuleAction.ignore()));
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.arrives(answer("2@customer.example", "1@customer.example", "Thanks for nothing"));
    street.arrives(fromAna("3@customer.example", "Thanks again"));

    sync();

    assertThat(street.onlyConversation().messages()).isEqualTo(2);
    assertThat(held(WORKSHOP)).hasSize(1);
    assertThat(facts(AuditFact.RulesApplied.class))
        .extracting(AuditFact.RulesApplied::explanation)
        .anyMatch(why -> why.endsWith("it stays with its conversation"));
  }

  @Test
  @Tag("WK-2")
  void an_ignored_answer_opens_nothing_where_what_is_completed_is_not_reopened() {
    workshop(
        settings ->
            settings
                .change()
                .rules(
                    RuleSet.of(
                        Rule.named("thanks")
                            .when(body(containing("thanks")))
                            .then(RuleAction.ignore())))
                .completedAnswered(InboxSettings.CompletedAnswered.OPENS_ANOTHER)
                .build());
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    sync();
    street.clara.complete(List.of(street.onlyConversation().id()));
    street.arrives(answer("2@customer.example", "1@customer.example", "Thanks"));

    sync();

    assertThat(street.open()).isEmpty();
    assertThat(held(WORKSHOP)).hasSize(1);
  }

  @Test
  void nothing_is_routed_into_an_inbox_that_is_switched_off() {
    Inbox off = Shop.shop();
    street.keep(off.withSettings(off.settings().change().enabled(false).build()));
    Inbox workshop = Shop.workshop();
    street.keep(
        workshop.withSettings(
            workshop
                .settings()
                .change()
                .rules(RuleSet.of(Rule.named("sales").always().then(RuleAction.routeTo(SHOP))))
                .build()));
    street.arrives(fromAna("1@customer.example", "I want to buy a bike"));

    sync();

    assertThat(street.onlyConversation().inbox()).isEqualTo(WORKSHOP);
    assertThat(facts(AuditFact.RulesApplied.class))
        .extracting(AuditFact.RulesApplied::explanation)
        .allMatch(why -> why.endsWith("is switched off, so it stays"));
  }

  @Test
  @Tag("TH-6")
  void an_agent_who_may_not_read_an_inbox_gets_nothing_there_by_a_rule_and_the_trail_says_so() {
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.READ, WORKSHOP, "Dirk sells");
    workshopRules(
        Rule.named("dirk").when(body(containing("Dirk"))).then(RuleAction.routeTo(Shop.DIRK)),
        Rule.named("clara").always().then(RuleAction.routeTo(Shop.CLARA)));
    street.arrives(fromAna("1@customer.example", "For Dirk"));
    street.arrives(fromAna("2@customer.example", "Hello"));

    sync();

    assertThat(street.open())
        .extracting(each -> each.findAssignee().map(AgentId::value).orElse(""))
        .containsExactlyInAnyOrder("", "clara");
    assertThat(facts(AuditFact.ActionRefused.class))
        .containsExactly(new AuditFact.ActionRefused("assign", "Dirk sells"));
  }

  @Test
  @Tag("IN-13")
  void what_a_rule_sends_elsewhere_is_answered_with_a_template_of_the_inbox_whose_rule_it_is() {
    Template ours =
        new Template(
            TemplateId.of("sent-on"),
            "Sent on",
            WORKSHOP,
            Template.Purpose.REPLY,
            "Your mail",
            "Our colleagues have it.",
            null,
            0);
    engage.setupOf(Shop.DIRK).templates().save(ours);
    workshopRules(
        Rule.named("sales")
            .always()
            .then(RuleAction.routeTo(SHOP), RuleAction.send(ours.id(), street.clock.instant())));
    street.clock.advance(Duration.ofMinutes(1));
    street.arrives(
        fromAna("1@customer.example", "I want to buy a bike")
            .replace("08:00:00 +0000", "08:01:00 +0000"));

    sync();
    engage.outbox().workOff();

    assertThat(facts(AuditFact.ConfirmationWithheld.class)).isEmpty();
    assertThat(street.mail.sent()).hasSize(1);
    assertThat(street.onlyConversation().inbox()).isEqualTo(SHOP);
  }

  @Test
  void a_rule_starts_a_conversation_although_one_is_open() {
    workshopRules(
        Rule.named("new")
            .when(body(containing("something else")))
            .then(RuleAction.startConversation()));
    street.arrives(fromAna("1@customer.example", "My bike"));
    street.arrives(answer("2@customer.example", "1@customer.example", "And something else"));
    street.arrives(answer("3@customer.example", "1@customer.example", "About the first"));

    sync();

    assertThat(street.open()).extracting(Conversation::messages).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  @Tag("WK-2")
  void a_completed_conversation_is_followed_by_one_other_when_the_inbox_says_so() {
    workshop(
        settings ->
            settings
                .change()
                .completedAnswered(InboxSettings.CompletedAnswered.OPENS_ANOTHER)
                .build());
    street.arrives(fromAna("1@customer.example", "My bike"));
    sync();
    Conversation first = street.onlyConversation();
    street.clara.complete(List.of(first.id()));
    street.arrives(answer("2@customer.example", "1@customer.example", "Broken again"));
    sync();
    street.arrives(answer("3@customer.example", "1@customer.example", "Did you read it?"));

    sync();

    Conversation other = street.onlyConversation();
    assertThat(other.id()).isNotEqualTo(first.id());
    assertThat(other.messages()).isEqualTo(2);
    assertThat(street.list(ConversationFilter.completed())).hasSize(1);
  }

  @Test
  @Tag("SY-8")
  void text_messages_pass_the_rules_too() {
    workshopRules(
        Rule.named("sms")
            .when(through(Channel.SMS).and(body(containing("ready"))))
            .then(RuleAction.tag("sms")));
    street.arrives(
        """
        From: sms@gateway.example
        To: repairs@shop.example
        Subject: SMS from +14155550123
        Message-ID: <1@gateway.example>

        Is my bike ready?
        """);

    sync();

    assertThat(street.onlyConversation().state().tags()).containsExactly("sms");
  }

  @Test
  @Tag("WK-5")
  void the_form_of_copies_is_that_of_the_last_message_received() {
    street.arrives(
        copying("1@customer.example", "ben@customer.example, repairs+bikes@shop.example", ""));
    sync();
    List<NamedAddress> first = street.onlyConversation().exchange().cc();
    street.arrives(copying("2@customer.example", "dora@customer.example", "1@customer.example"));
    sync();
    List<NamedAddress> second = street.onlyConversation().exchange().cc();
    street.arrives(
        copying("3@customer.example", "mallory@evil.example", "1@customer.example")
            .replace("From: Ana Silva <ana@", "From: Eve <eve@"));

    sync();

    assertThat(first).containsExactly(NamedAddress.of("ben@customer.example"));
    assertThat(second).containsExactly(NamedAddress.of("dora@customer.example"));
    assertThat(street.open())
        .allSatisfy(
            each ->
                assertThat(each.exchange().cc())
                    .as("of the conversation of Ana")
                    .satisfiesAnyOf(
                        cc -> assertThat(cc).isEqualTo(second),
                        cc -> assertThat(each.messages()).isEqualTo(1)));
    assertThat(facts(AuditFact.CopiesChanged.class)).hasSize(1);
  }

  @Test
  @Tag("WK-11")
  void a_list_shows_who_wrote_last_and_what() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.arrives(answer("2@customer.example", "1@customer.example", "Hello?"));

    sync();

    assertThat(street.onlyConversation().exchange().label()).isEqualTo("Ana Silva");
    assertThat(street.onlyConversation().exchange().preview()).isEqualTo("Hello?");
  }

  @Test
  void a_replay_shows_what_would_change_and_changes_nothing() {
    workshopRules(Rule.named("adverts").when(body(containing("cheap"))).then(RuleAction.ignore()));
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.arrives(mailFrom("ben@customer.example", "2@customer.example", "Broken"));
    street.arrives(fromAna("3@customer.example", "Cheap tyres"));
    sync();
    List<AuditEntry> before = street.storage.audit().newest(1000);
    RuleSet tried =
        RuleSet.of(
            Rule.named("repairs")
                .when(body(containing("broken")).and(subject(containing("bike"))))
                .then(RuleAction.tag("repair")));
    RulesDesk rules = engage.rulesOf(Shop.CLARA);

    RulesDesk.Replay messages =
        rules.replay(WORKSHOP, tried, Instant.EPOCH, Instant.MAX, PAGE).findValue().orElseThrow();
    RulesDesk.Replay held = rules.replayHeld(WORKSHOP, tried, "", 10).findValue().orElseThrow();
    RulesDesk.Replay otherTime =
        rules.replay(WORKSHOP, tried, Instant.EPOCH, Shop.MORNING, PAGE).findValue().orElseThrow();

    assertThat(messages.messages()).hasSize(2);
    assertThat(messages.next()).isNull();
    assertThat(messages.differences())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.before().applied()).isFalse();
              assertThat(each.after().tags()).containsExactly("repair");
              assertThat(each.after().explanation()).contains("body contains 'broken'");
            });
    assertThat(held.differences())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.before().ignored()).isTrue();
              assertThat(each.after().ignored()).isFalse();
            });
    assertThat(otherTime.messages()).isEmpty();
    assertThat(street.storage.audit().newest(1000)).isEqualTo(before);
  }

  @Test
  @Tag("SY-8")
  void a_replay_over_what_was_held_knows_contacts_by_their_numbers() {
    street.customers.with("dora", "Dora", PhoneNumber.of("+14155550123"));
    workshopRules(Rule.named("texts").when(through(Channel.SMS)).then(RuleAction.ignore()));
    street.arrives(
        """
        From: sms@gateway.example
        To: repairs@shop.example
        Subject: SMS from +14155550123
        Message-ID: <1@gateway.example>

        Is my bike ready?
        """);
    sync();
    RuleSet tried =
        RuleSet.of(
            Rule.named("known").when(Condition.knownContact()).then(RuleAction.tag("known")));

    RulesDesk.Replay held =
        engage.rulesOf(Shop.CLARA).replayHeld(WORKSHOP, tried, "", 10).findValue().orElseThrow();

    assertThat(held.differences())
        .singleElement()
        .satisfies(each -> assertThat(each.after().tags()).containsExactly("known"));
  }

  private SyncReport sync() {
    street.clock.advance(Duration.ofSeconds(1));
    return engage.mail().sync(Shop.ACCOUNT);
  }

  private void workshopRules(Rule... rules) {
    workshop(settings -> settings.change().rules(RuleSet.of(rules)).build());
  }

  private void workshop(UnaryOperator<InboxSettings> change) {
    Inbox workshop = Shop.workshop();
    engage =
        street.engageWith(Shop.shop(), workshop.withSettings(change.apply(workshop.settings())));
  }

  private HeldDesk desk() {
    return engage.mail().heldFor(Shop.CLARA);
  }

  private List<HeldMail> held(InboxId inbox) {
    return desk().list(inbox, "", 100).findValue().orElseThrow();
  }

  private LedgerEntry.State state(ServerUid uid) {
    return street.storage.ledger().entries(List.of(uid)).get(0).state();
  }

  private <T extends AuditFact> List<T> facts(Class<T> kind) {
    return street.storage.audit().newest(100_000).stream()
        .map(AuditEntry::fact)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static String answer(String id, String to, String text) {
    return fromAna(id, text).replace("Subject:", "In-Reply-To: <%s>\nSubject: Re:".formatted(to));
  }

  private static String copying(String id, String cc, String answering) {
    String fields = "Cc: " + cc + (answering.isEmpty() ? "" : "\nIn-Reply-To: <" + answering + ">");
    return fromAna(id, "Hello").replace("Subject:", fields + "\nSubject:");
  }
}
