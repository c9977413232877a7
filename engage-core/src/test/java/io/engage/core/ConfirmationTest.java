package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("IN-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfirmationTest {
  private static final TemplateId TEMPLATE = TemplateId.of("received");
  private static final Instant GO_LIVE = Shop.MORNING.minus(Duration.ofDays(1));

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("G-25")
  void a_mail_that_opens_a_conversation_is_confirmed_once_and_says_that_a_program_did_it()
      throws IOException {
    template(street.storage, "Hello ${customer.name}, ${inbox.name} has it as number ${number}");
    try (Engage engage = street.engageWith(Shop.shop(), confirming(Shop.workshop(), true))) {
      street.arrives(mail("Ana Silva <ana@customer.example>", "1@customer.example", "SECRET-WORD"));
      engage.mail().sync(Shop.ACCOUNT);
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).hasSize(1);
    Envelope sent = street.mail.sent().get(0);
    String text = text(sent);
    Conversation conversation = street.onlyConversation();
    assertThat(sent.sender()).isNull();
    assertThat(sent.recipients()).containsExactly(Shop.ANA.address());
    assertThat(text)
        .contains(
            "Auto-Submitted: auto-replied",
            "X-Auto-Response-Suppress: All",
            "In-Reply-To: <1@customer.example>",
            "References: <1@customer.example>",
            "From: Workshop <repairs@shop.example>",
            "To: ana@customer.example",
            "Hello Ana Silva, Workshop has it as number " + conversation.number())
        .doesNotContain("SECRET-WORD", "My bike");
    assertThat(street.messages(conversation))
        .extracting(Message::kind)
        .containsExactly(MessageKind.PERSON, MessageKind.AUTO_REPLY);
    assertThat(conversation.messages()).isEqualTo(2);
    assertThat(conversation.unread()).isEqualTo(1);
    assertThat(facts(AuditFact.Confirmed.class)).hasSize(1);
  }

  @Test
  void without_the_display_name_the_address_stands_alone() throws IOException {
    template(street.storage, "We have it.");
    try (Engage engage = street.engageWith(Shop.shop(), confirming(Shop.workshop(), false))) {
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(text(street.mail.sent().get(0))).contains("From: repairs@shop.example");
  }

  @Test
  @Tag("G-25")
  void a_thousand_spoofed_mails_give_no_answer_and_no_stranger_gets_one() {
    template(street.storage, "We have it.");
    String failed = "Authentication-Results: mx.shop.example; dmarc=fail header.from=%s\n";
    try (Engage engage = street.engageWith(Shop.shop(), confirming(Shop.workshop(), true))) {
      for (int i = 0; i < 500; i++) {
        street.arrives(
            failed.formatted("customer.example") + Street.fromAna(i + "@customer.example", "x"));
        street.arrives(
            Street.mailFrom("victim" + i + "@victim.example", i + "@victim.example", "Buy " + i));
      }
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).isEmpty();
    assertThat(facts(AuditFact.ConfirmationWithheld.class))
        .hasSize(1000)
        .extracting(AuditFact.ConfirmationWithheld::reason)
        .allMatch(reason -> reason.contains("forged") || reason.contains("vouches"));
  }

  @Test
  @Tag("G-17")
  void the_first_sync_of_an_old_mailbox_answers_nobody() {
    template(street.storage, "We have it.");
    IntStream.range(0, 1000).forEach(i -> street.arrives(Street.fromAna(i + "@x.example", "Old")));
    Confirmation today = new Confirmation(TEMPLATE, true, street.clock.instant().plusSeconds(1));
    Inbox workshop =
        with(
            Shop.workshop(),
            Shop.workshop()
                .settings()
                .change()
                .confirmation(today)
                .rules(
                    RuleSet.of(
                        Rule.named("hello")
                            .always()
                            .then(RuleAction.send(TEMPLATE, today.since()))))
                .build());
    try (Engage engage = street.engageWith(Shop.shop(), workshop)) {
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).isEmpty();
    assertThat(street.open()).hasSize(1000);
  }

  @Test
  @Tag("G-17")
  @Tag("IN-14")
  void an_inbox_that_was_off_for_three_months_confirms_only_what_came_today() {
    template(street.storage, "We have it.");
    Inbox workshop = confirming(Shop.workshop(), true);
    Inbox off = with(workshop, workshop.settings().change().enabled(false).build());
    try (Engage engage = street.engageWith(with(Shop.shop(), off(Shop.shop())), off)) {
      engage.mail().sync(Shop.ACCOUNT);
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
      street.clock.advance(Duration.ofDays(90));
      street.arrives(
          Street.mailFrom("Ben <ben@customer.example>", "2@customer.example", "And mine?")
              .replace("Mon, 2 Mar 2026 08:00:00", "Sun, 31 May 2026 08:00:00"));
      engage.setupOf(Shop.CLARA).setEnabled(List.of(Shop.shop().id(), Shop.workshop().id()), true);
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.open()).hasSize(2);
    assertThat(street.mail.sent())
        .extracting(sent -> sent.recipients().get(0))
        .containsExactly(Shop.BEN.address());
  }

  private static InboxSettings off(Inbox inbox) {
    return inbox.settings().change().enabled(false).build();
  }

  @Test
  @Tag("G-25")
  void an_answer_that_could_not_be_made_spends_nothing_of_the_senders_budget() {
    template(street.storage, "We have it.");
    FussyFormat fussy = new FussyFormat(street.mail);
    Inbox workshop = confirming(Shop.workshop(), true);
    street.keep(workshop);
    try (Engage engage = street.engageOn(street.storage, fussy)) {
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
      engage.mail().sync(Shop.ACCOUNT);
      fussy.mended = true;
      street.arrives(
          Street.fromAna("2@customer.example", "And my bell?").replace("My bike", "My bell"));
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(facts(AuditFact.ConfirmationWithheld.class))
        .containsExactly(
            new AuditFact.ConfirmationWithheld("no mail could be made of its template"));
    assertThat(street.mail.sent()).hasSize(1);
    assertThat(street.open()).hasSize(2);
  }

  /** Makes no mail of anything until it is mended. */
  private static final class FussyFormat implements MailSystem {
    private final MailSystem good;
    private boolean mended;

    FussyFormat(MailSystem good) {
      this.good = good;
    }

    @Override
    public MailSource source() {
      return good.source();
    }

    @Override
    public MailTransport transport() {
      return good.transport();
    }

    @Override
    public MailSystem trying(@Nullable Credential credential) {
      return this;
    }

    @Override
    public MailFormat format() {
      MailFormat format = good.format();
      return mended
          ? format
          : (MailFormat)
              Proxy.newProxyInstance(
                  MailFormat.class.getClassLoader(),
                  new Class<?>[] {MailFormat.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("compose")) {
                      throw new IllegalStateException("It cannot be written down");
                    }
                    return method.invoke(format, arguments);
                  });
    }
  }

  @Test
  void whoever_saves_a_confirmation_without_servers_that_verify_senders_is_told() {
    template(street.storage, "We have it.");
    try (Engage engage = street.builder().authenticationServers().build()) {
      Inbox stored = engage.inboxes().get(1);
      SavedInbox saved =
          engage
              .setupOf(Shop.CLARA)
              .saveInbox(with(stored, confirming(stored, true).settings()))
              .findValue()
              .orElseThrow();

      assertThat(saved.warnings())
          .singleElement()
          .satisfies(warning -> assertThat(warning).contains("authenticationServers"));
    }
  }

  @Test
  @Tag("IN-11")
  @Tag("IN-14")
  void a_confirmation_that_was_queued_when_its_inbox_was_switched_off_is_never_sent() {
    template(street.storage, "We have it.");
    Inbox workshop = confirming(Shop.workshop(), true);
    try (Engage engage = street.engageWith(Shop.shop(), workshop)) {
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
      engage.mail().sync(Shop.ACCOUNT);
      InboxSettings off = workshop.settings().change().enabled(false).build();
      street.keep(with(workshop, off));
      engage.outbox().workOff();
      street.keep(workshop);
      street.clock.advance(Duration.ofHours(1));
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).isEmpty();
    assertThat(street.storage.outbox().unsettled(10)).isEmpty();
    assertThat(facts(AuditFact.SendFailed.class))
        .singleElement()
        .satisfies(fact -> assertThat(fact.reason()).contains("switched off"));
  }

  @ParameterizedTest
  @Tag("G-7")
  @ValueSource(strings = {"both at once", "hello first", "repairs first"})
  void one_mail_to_two_inboxes_is_confirmed_once_in_every_order(String order) {
    template(street.storage, "We have it.");
    String mail =
        Street.fromAna("1@customer.example", "To both")
            .replace("To: repairs@", "To: hello@shop.example, repairs@");
    try (Engage engage =
        street.engageWith(confirming(Shop.shop(), true), confirming(Shop.workshop(), true))) {
      if (order.equals("both at once")) {
        street.arrives(mail);
      } else {
        List<String> copies =
            List.of("Received: by hello for hello\n" + mail, "Received: by repairs\n" + mail);
        int first = order.equals("hello first") ? 0 : 1;
        street.arrives(copies.get(first));
        engage.mail().sync(Shop.ACCOUNT);
        street.clock.advance(Duration.ofDays(3));
        street.arrives(copies.get(1 - first));
      }
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).hasSize(1);
  }

  @Test
  @Tag("G-25")
  void two_that_confirm_each_other_stop_after_one_answer_each_though_every_header_is_lost() {
    template(street.storage, "We have it.");
    AccountId otherAccount = AccountId.of("other-mail");
    Inbox other = Inbox.of("other", "Other shop", "info@other.example", otherAccount);
    InMemoryStorage otherStorage = InMemoryStorage.create();
    template(otherStorage, "We have yours too.");
    street.mail.mailbox(other.sender().address(), otherAccount);
    street.mail.mailbox(Shop.workshop().sender().address(), Shop.ACCOUNT);
    try (Engage ours = forgetfulShop();
        Engage theirs = forgetful(other, otherStorage)) {
      street.arrives(
          "Authentication-Results: mx.shop.example; dmarc=pass header.from=other.example\n"
              + mail("info@other.example", "1@other.example", "Do you have tyres?"));

      for (int round = 0; round < 10; round++) {
        street.clock.advance(Duration.ofMinutes(10));
        ours.mail().sync(Shop.ACCOUNT);
        ours.outbox().workOff();
        theirs.mail().sync(otherAccount);
        theirs.outbox().workOff();
      }
    }

    assertThat(street.mail.sent())
        .extracting(sent -> sent.recipients().get(0).value())
        .containsExactly("info@other.example", "repairs@shop.example");
  }

  @Test
  void a_template_that_is_gone_or_wants_what_is_not_there_keeps_no_mail_out() {
    template(street.storage, "Dear ${first.name}");
    try (Engage engage = street.engageWith(Shop.shop(), confirming(Shop.workshop(), true))) {
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).isEmpty();
    assertThat(street.open()).hasSize(1);
    assertThat(facts(AuditFact.ConfirmationWithheld.class))
        .singleElement()
        .satisfies(fact -> assertThat(fact.reason()).contains("received", "first.name"));
  }

  @Test
  @Tag("TH-5")
  void a_rule_answers_with_its_template_within_the_same_bounds() {
    template(street.storage, "We have it.");
    RuleSet rules =
        RuleSet.of(Rule.named("hello").always().then(RuleAction.send(TEMPLATE, GO_LIVE)));
    InboxSettings settings = confirming(Shop.workshop(), true).settings();
    Inbox workshop = with(Shop.workshop(), settings.change().rules(rules).build());
    try (Engage engage = street.engageWith(Shop.shop(), workshop)) {
      street.arrives(Street.fromAna("1@customer.example", "One"));
      street.arrives(Street.fromAna("2@customer.example", "Two"));
      engage.mail().sync(Shop.ACCOUNT);
      engage.outbox().workOff();
    }

    assertThat(street.mail.sent()).hasSize(1);
    assertThat(facts(AuditFact.Confirmed.class))
        .singleElement()
        .satisfies(fact -> assertThat(fact.reason()).contains("rule"));
  }

  private Engage forgetfulShop() {
    street.keep(confirming(Shop.workshop(), true));
    ForgetfulMail mail = new ForgetfulMail(street.mail, Shop.workshop().sender().address());
    return Engage.builder()
        .storage(street.storage)
        .blobs(street.blobs)
        .mail(mail)
        .customers(street.customers)
        .account(Street.ACCOUNT)
        .inbox(confirming(Shop.workshop(), true))
        .signingKeys(Shop.KEY)
        .authenticationServers("mx.shop.example")
        .clock(street.clock)
        .build();
  }

  private Engage forgetful(Inbox other, Storage storage) {
    return Engage.builder()
        .storage(storage)
        .blobs(InMemoryBlobStore.create())
        .mail(new ForgetfulMail(street.mail, other.sender().address()))
        .customers(InMemoryCustomerDirectory.create())
        .account(
            MailAccount.of(
                other.account().value(),
                "other",
                ServerEndpoint.loopback(143),
                ServerEndpoint.loopback(25)))
        .inbox(confirming(other, true))
        .signingKeys(Secret.of("another key that only they have"))
        .authenticationServers("mx.shop.example")
        .clock(street.clock)
        .build();
  }

  private static Inbox confirming(Inbox inbox, boolean withDisplayName) {
    return with(
        inbox,
        inbox
            .settings()
            .change()
            .confirmation(new Confirmation(TEMPLATE, withDisplayName, GO_LIVE))
            .build());
  }

  private static Inbox with(Inbox inbox, InboxSettings settings) {
    return inbox.withSettings(settings);
  }

  private void template(Storage storage, String text) {
    Template template =
        Template.of(
            TEMPLATE.value(), "Received", Template.Purpose.CONFIRMATION, "We have it", text);
    storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .document(template)
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of("template-entry"),
                            Shop.MORNING,
                            Actor.CONFIGURATION,
                            AuditSubject.NONE,
                            new AuditFact.TemplateChanged(TEMPLATE, "Received"))))
                .build());
  }

  private <T extends AuditFact> List<T> facts(Class<T> kind) {
    return street.storage.audit().newest(100_000).stream()
        .map(AuditEntry::fact)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static String mail(String sender, String id, String text) {
    return Street.mailFrom(sender, id, text)
        .replace("Subject: My bike", "Subject: My bike " + text.toUpperCase(Locale.ROOT));
  }

  private static String text(Envelope envelope) throws IOException {
    try (InputStream in = envelope.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
