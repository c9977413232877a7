package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.templating.FilledTemplate;
import io.engage.core.texting.TextMeasure.Alphabet;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemorySmsGateway;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsReport;
import io.engage.spi.Storage;
import io.engage.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TextMessagesTest {
  private static final PhoneNumber OURS = PhoneNumber.of("+14155550111");
  private static final PhoneNumber SECOND = PhoneNumber.of("+14155550112");
  private static final PhoneNumber ANAS = PhoneNumber.of("+14155550101");
  private static final CustomerId ANA = CustomerId.of("ana");
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final InboxId SHOP = Shop.shop().id();

  private final InMemorySmsGateway gateway =
      InMemorySmsGateway.create().withFreeNumbers(OURS, SECOND);
  private final Street street = new Street();
  private final Engage engage = builder(street.storage).build();
  private final TextDesk clara = engage.deskOf(Shop.CLARA).texting();
  private final ClientelingDesk clienteling = engage.clientelingOf(Shop.DIRK);
  private final AtomicInteger lastId = new AtomicInteger();

  @BeforeEach
  void onboardTheWorkshop() {
    clienteling.onboard(WORKSHOP, OURS, "(415) 555-0190", true);
  }

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  @Tag("SM-1")
  void a_store_is_onboarded_with_a_free_number_and_calls_to_it_are_forwarded() {
    List<PhoneNumber> freeBefore = clienteling.freeNumbers().findValue().orElseThrow();

    Outcome<Inbox> onboarded = clienteling.onboard(SHOP, SECOND, "+1 415 555 0191", false);
    engage.outbox().workOff();

    assertThat(freeBefore).containsExactly(SECOND);
    assertThat(onboarded.findValue().orElseThrow().settings().sms())
        .satisfies(
            line -> {
              assertThat(line.number()).isEqualTo(SECOND);
              assertThat(line.enabled()).isFalse();
            });
    assertThat(gateway.forwardedCalls())
        .containsEntry(SECOND, PhoneNumber.of("+14155550191"))
        .containsEntry(OURS, PhoneNumber.of("+14155550190"));
    assertThat(clienteling.freeNumbers().findValue().orElseThrow()).isEmpty();
    assertThat(clienteling.onboardable()).isEmpty();
    assertThat(clienteling.onboarded()).extracting(Inbox::id).containsExactly(SHOP, WORKSHOP);
  }

  @Test
  @Tag("SM-1")
  void without_a_valid_number_for_calls_no_store_is_onboarded() {
    Outcome<Inbox> outcome = clienteling.onboard(SHOP, SECOND, "12", true);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(clienteling.onboardable()).extracting(Inbox::id).containsExactly(SHOP);
  }

  @Test
  @Tag("SM-1")
  void a_store_abroad_is_called_at_a_number_as_people_there_write_it() {
    Inbox shop =
        engage.inboxes().stream().filter(it -> it.id().equals(SHOP)).findFirst().orElseThrow();
    engage
        .setupOf(Shop.DIRK)
        .saveInbox(shop.withSettings(shop.settings().change().region("DE").build()));

    Outcome<Inbox> onboarded = clienteling.onboard(SHOP, SECOND, "030 901820", false);

    assertThat(onboarded.findValue().orElseThrow().settings().sms())
        .satisfies(line -> assertThat(line.callsTo()).isEqualTo(PhoneNumber.of("+4930901820")));
  }

  @Test
  @Tag("SM-1")
  void a_number_belongs_to_one_store() {
    Outcome<Inbox> outcome = clienteling.onboard(SHOP, OURS, "(415) 555-0191", true);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-1")
  void stores_are_enabled_together_and_each_is_answered_for() {
    clienteling.onboard(SHOP, SECOND, "(415) 555-0191", false);

    Map<InboxId, Outcome<Inbox>> outcomes =
        clienteling.enable(List.of(SHOP, WORKSHOP, InboxId.of("no-such")));

    assertThat(outcomes.values())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Done", "AlreadySo", "Unknown");
  }

  @Test
  @Tag("SM-1")
  void a_store_that_is_not_enabled_hears_and_sends_nothing() {
    clienteling.onboard(SHOP, SECOND, "(415) 555-0191", false);
    engage.sms().receive(new InboundSms("in-1", ANAS, SECOND, "Hello", street.clock.instant()));

    Outcome<Texted> sent = clara.send(onlyConversation().id(), "Hello Ana");

    assertThat(sent).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-1")
  @Tag("TH-6")
  void only_who_may_manage_clienteling_does() {
    for (InboxId inbox : List.of(SHOP, WORKSHOP)) {
      street.permissions.refuse(
          Shop.DIRK.id(), AgentAction.MANAGE_CLIENTELING, inbox, "Ask the head office");
    }

    assertThat(clienteling.onboard(SHOP, SECOND, "(415) 555-0191", true))
        .isEqualTo(new Outcome.Refused<>("Ask the head office"));
    assertThat(clienteling.enable(List.of(WORKSHOP)).values())
        .containsExactly(new Outcome.Refused<>("Ask the head office"));
    assertThat(clienteling.changeOptIn("May we?"))
        .isEqualTo(new Outcome.Refused<>("Ask the head office"));
    assertThat(clienteling.onboarded()).isEmpty();
  }

  @Test
  @Tag("SM-2")
  @Tag("SM-3")
  void the_first_message_to_every_customer_is_the_opt_in_request_in_the_hosts_words() {
    clienteling.changeOptIn("${inbox.name}: may we text you? YES or STOP");

    Outcome<Texted> outcome = clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");
    engage.outbox().workOff();

    assertThat(outcome.findValue()).get().isInstanceOf(Texted.AskedFirst.class);
    assertThat(gateway.sent())
        .extracting(OutboundSms::text)
        .containsExactly("Workshop: may we text you? YES or STOP");
    assertThat(clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready"))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("WK-1")
  @Tag("G-30")
  void a_text_that_was_queued_in_a_conversation_that_is_deleted_is_never_sent() {
    clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");

    engage.deskOf(Shop.CLARA).delete(List.of(onlyConversation().id()));
    engage.outbox().workOff();

    assertThat(gateway.sent()).isEmpty();
  }

  @Test
  @Tag("SM-3")
  void an_opt_in_request_with_a_field_that_nobody_fills_in_is_refused() {
    Outcome<?> outcome = clienteling.changeOptIn("${nickname}, may we text you?");

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(clienteling.changeOptIn(" ")).isInstanceOf(Outcome.Refused.class);
    assertThat(clienteling.policy().findValue().orElseThrow().optIn()).contains("YES", "STOP");
  }

  @Test
  @Tag("SM-2")
  @Tag("WK-8")
  void who_has_agreed_gets_texts_and_they_stand_in_the_history() {
    Conversation conversation = agreed();

    Outcome<Texted> sent = clara.send(conversation.id(), "Your bike is ready");
    engage.outbox().workOff();

    Message message = sent.findValue().orElseThrow().message();
    assertThat(texts()).endsWith("Your bike is ready");
    assertThat(stored(message).state().delivery()).isEqualTo(Delivery.SENT);
    assertThat(engage.deskOf(Shop.CLARA).history(ANA, Page.Request.first(10)).items())
        .extracting(Message::id)
        .contains(message.id());
    assertThat(clara.consent(conversation.id()).findValue().orElseThrow().evidence())
        .extracting(SmsConsent.Evidence::by)
        .containsExactly("clara", "START");
  }

  @Test
  @Tag("SM-2")
  void stop_is_confirmed_once_and_then_there_is_silence() {
    Conversation conversation = agreed();
    int before = gateway.sent().size();

    receive("STOP");
    receive("stop!");
    engage.outbox().workOff();

    assertThat(texts().subList(before, texts().size()))
        .singleElement()
        .asString()
        .contains("no more texts");
    assertThat(clara.send(conversation.id(), "But your bike!")).isInstanceOf(Outcome.Refused.class);
    assertThat(onlyConversation().unread()).isEqualTo(1);
  }

  @Test
  @Tag("SM-2")
  @Tag("G-49")
  void who_stops_between_the_click_and_the_send_gets_nothing_more() {
    Conversation conversation = agreed();
    Message late =
        clara.send(conversation.id(), "Your bike is ready").findValue().orElseThrow().message();
    receive("STOP");

    engage.outbox().workOff();

    assertThat(texts()).doesNotContain("Your bike is ready");
    assertThat(stored(late).state().delivery()).isEqualTo(Delivery.FAILED);
  }

  @Test
  @Tag("SM-2")
  void a_refusal_in_own_words_holds_texts_until_a_person_has_read_it() {
    Conversation conversation = agreed();
    Message waiting =
        clara.send(conversation.id(), "Your bike is ready").findValue().orElseThrow().message();
    receive("Please stop texting my old number, use this one");
    engage.outbox().workOff();
    boolean heldBack = !texts().contains("Your bike is ready");
    Outcome<Texted> refused = clara.send(conversation.id(), "Sorry");

    clara.release(conversation.id());
    street.clock.advance(Duration.ofMinutes(16));
    engage.outbox().workOff();

    assertThat(heldBack).isTrue();
    assertThat(refused).isInstanceOf(Outcome.Refused.class);
    assertThat(texts()).contains("Your bike is ready");
    assertThat(stored(waiting).state().delivery()).isEqualTo(Delivery.SENT);
  }

  @Test
  @Tag("SM-2")
  void an_agent_ends_texts_for_a_customer_and_cannot_begin_them_again() {
    Conversation conversation = agreed();

    clara.end(conversation.id());

    assertThat(clara.send(conversation.id(), "Hello")).isInstanceOf(Outcome.Refused.class);
    assertThat(clara.release(conversation.id())).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(clara.begin(WORKSHOP, ANA, ANAS, "Hello")).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-2")
  void a_gateway_that_knows_of_an_opt_out_is_believed() {
    Conversation conversation = agreed();
    gateway.refusing(ANAS, "21610", "Attempt to send to +1 415 555 0101, unsubscribed");
    Message message =
        clara.send(conversation.id(), "Your bike").findValue().orElseThrow().message();

    engage.outbox().workOff();

    assertThat(clara.consent(conversation.id()).findValue().orElseThrow().state())
        .isEqualTo(SmsConsent.State.OPTED_OUT);
    assertThat(engage.deskOf(Shop.CLARA).auditTrail(message.id()).toString())
        .contains("21610")
        .doesNotContain("555 0101");
  }

  @Test
  @Tag("SM-2")
  void a_request_that_did_not_arrive_has_asked_nobody() {
    gateway.refusing(ANAS, "30006", "Landline");
    clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");

    engage.outbox().workOff();

    assertThat(clara.consent(onlyConversation().id()).findValue().orElseThrow().state())
        .isEqualTo(SmsConsent.State.NONE);
  }

  @Test
  @Tag("SM-5")
  void a_text_opens_a_conversation_with_its_customer_and_the_next_one_joins_it() {
    receive("Is my bike ready?");
    receive("I mean the red one");

    Conversation conversation = onlyConversation();
    assertThat(conversation.findCustomer()).contains(ANA);
    assertThat(conversation.inbox()).isEqualTo(WORKSHOP);
    assertThat(conversation.unread()).isEqualTo(2);
    Message first = street.messages(conversation).get(0);
    assertThat(
            engage.deskOf(Shop.CLARA).open(first.id()).findValue().orElseThrow().content().text())
        .isEqualTo("Is my bike ready?");
  }

  @Test
  @Tag("SM-5")
  void a_text_that_looks_like_a_mail_is_read_as_it_is() {
    receive("Subject: bike\n\nSize: 54");

    Message message = street.messages(onlyConversation()).get(0);
    assertThat(
            engage.deskOf(Shop.CLARA).open(message.id()).findValue().orElseThrow().content().text())
        .isEqualTo("Subject: bike\n\nSize: 54");
  }

  @Test
  @Tag("SM-5")
  void a_text_that_the_gateway_repeats_from_all_sides_arrives_once() {
    InboundSms sms = new InboundSms("in-7", ANAS, OURS, "Hello", street.clock.instant());

    List<Outcome<Message>> outcomes = Race.run(8, () -> engage.sms().receive(sms));

    assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
    assertThat(street.messages(onlyConversation())).hasSize(1);
  }

  @Test
  @Tag("SM-5")
  void a_text_to_a_number_that_no_inbox_has_is_told_apart() {
    Outcome<Message> outcome =
        engage.sms().receive(new InboundSms("in-8", ANAS, SECOND, "Hello", street.clock.instant()));

    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("SM-5")
  void reports_that_come_late_twice_and_crossed_end_as_delivered() {
    Message message = sent("Your bike is ready");
    String name = gateway.nameOf(message.id());
    SmsReport delivered = report(name, SmsReport.Status.DELIVERED);

    engage.sms().report(delivered);
    Outcome<Message> again = engage.sms().report(delivered);
    engage.sms().report(report(name, SmsReport.Status.FAILED));

    assertThat(again).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(stored(message).state().delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  @Tag("SM-5")
  void a_report_that_is_faster_than_the_answer_to_the_send_waits_for_it() {
    Conversation conversation = agreed();
    Message message =
        clara.send(conversation.id(), "Your bike is ready").findValue().orElseThrow().message();
    String next = "sms-" + (gateway.sent().size() + 1);
    Outcome<Message> early = engage.sms().report(report(next, SmsReport.Status.DELIVERED));

    engage.outbox().workOff();

    assertThat(early).isInstanceOf(Outcome.Unknown.class);
    assertThat(gateway.nameOf(message.id())).isEqualTo(next);
    assertThat(stored(message).state().delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  @Tag("WK-8")
  void a_gateway_out_of_order_gets_the_text_again_later_and_once() {
    Conversation conversation = agreed();
    Message message =
        clara.send(conversation.id(), "Your bike is ready").findValue().orElseThrow().message();
    gateway.failNext(2);

    for (int round = 0; round < 4; round++) {
      engage.outbox().workOff();
      street.clock.advance(Duration.ofMinutes(10));
    }

    assertThat(texts()).containsOnlyOnce("Your bike is ready");
    assertThat(stored(message).state().delivery()).isEqualTo(Delivery.SENT);
  }

  @Test
  @Tag("WK-8")
  void a_text_that_would_come_a_day_late_is_given_up() {
    Conversation conversation = agreed();
    Message message =
        clara.send(conversation.id(), "Your bike is ready").findValue().orElseThrow().message();
    gateway.failNext(1000);

    for (int hour = 0; hour < 60; hour++) {
      engage.outbox().workOff();
      street.clock.advance(Duration.ofHours(1));
    }

    assertThat(stored(message).state().delivery()).isEqualTo(Delivery.FAILED);
    assertThat(engage.deskOf(Shop.CLARA).auditTrail(message.id()))
        .anyMatch(entry -> entry.fact() instanceof AuditFact.SendPostponed)
        .anyMatch(entry -> entry.fact() instanceof AuditFact.SendFailed);
  }

  @Test
  @Tag("WK-8")
  void a_preview_shows_what_goes_to_whom_and_in_how_many_segments() {
    Conversation conversation = agreed();

    TextPreview preview = clara.preview(conversation.id(), "Ready 😀").findValue().orElseThrow();

    assertThat(preview.to()).isEqualTo(ANAS);
    assertThat(preview.from()).isEqualTo(OURS);
    assertThat(preview.words()).isEqualTo("Ready 😀");
    assertThat(preview.measure().alphabet()).isEqualTo(Alphabet.UCS_2);
    assertThat(preview.measure().segments()).hasSize(1);
  }

  @Test
  @Tag("WK-8")
  void what_gateways_refuse_is_refused_before() {
    Conversation conversation = agreed();

    assertThat(clara.send(conversation.id(), " ")).isInstanceOf(Outcome.Refused.class);
    assertThat(clara.send(conversation.id(), "a".repeat(2000))).isInstanceOf(Outcome.Refused.class);
    assertThat(clara.send(conversation.id(), "a\u0000b")).isInstanceOf(Outcome.Refused.class);
    assertThat(clara.begin(WORKSHOP, ANA, PhoneNumber.of("+14155550177"), "Hello"))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-4")
  void quick_replies_are_offered_in_their_order_and_filled_in() {
    QuickReplyDesk replies = engage.setupOf(Shop.DIRK).quickReplies();
    replies.add("Ready", "Hello ${customer.name}, your bike is ready. ${agent.name}");
    replies.add("Hours", "We open at nine.");
    Conversation conversation = agreed();

    List<OfferedText> offered = clara.quickReplies(conversation.id()).findValue().orElseThrow();

    assertThat(offered).extracting(OfferedText::title).containsExactly("Ready", "Hours");
    assertThat(offered.get(0).filled())
        .hasFieldOrPropertyWithValue("text", "Hello Ana Silva, your bike is ready. Clara Rossi");
  }

  @Test
  @Tag("SM-1")
  @Tag("SM-4")
  void before_the_first_text_it_is_known_what_may_be_said_and_whether_the_customer_agreed() {
    QuickReplyDesk replies = engage.setupOf(Shop.DIRK).quickReplies();
    replies.add("Ready", "Hello ${customer.name}, your bike is ready.");
    replies.add("Number", "It is number ${number}.");

    List<OfferedText> offered = clara.quickReplies(WORKSHOP, ANA, ANAS).findValue().orElseThrow();
    SmsConsent before = clara.consent(WORKSHOP, ANA, ANAS).findValue().orElseThrow();
    clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");
    SmsConsent after = clara.consent(WORKSHOP, ANA, ANAS).findValue().orElseThrow();

    assertThat(offered.get(0).filled())
        .hasFieldOrPropertyWithValue("text", "Hello Ana Silva, your bike is ready.");
    assertThat(offered.get(1).filled()).isInstanceOf(FilledTemplate.Unfilled.class);
    assertThat(before.state()).isEqualTo(SmsConsent.State.NONE);
    assertThat(after.state()).isEqualTo(SmsConsent.State.REQUESTED);
    assertThat(clara.consent(WORKSHOP, ANA, PhoneNumber.of("+14155550177")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(clara.quickReplies(InboxId.of("none"), ANA, ANAS))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("SY-8")
  @Tag("SM-2")
  void a_stop_that_comes_as_mail_ends_consent_and_is_nobodys_work() {
    Conversation conversation = agreed();
    street.arrives(textByMail("STOP"));

    engage.mail().sync(Shop.ACCOUNT);
    engage.outbox().workOff();

    assertThat(clara.consent(conversation.id()).findValue().orElseThrow().state())
        .isEqualTo(SmsConsent.State.OPTED_OUT);
    assertThat(texts().get(texts().size() - 1)).contains("no more texts");
    assertThat(onlyConversation().id()).isEqualTo(conversation.id());
    assertThat(onlyConversation().unread()).isEqualTo(1);
  }

  @Test
  @Tag("SM-2")
  @Tag("PO-6")
  void an_erased_person_who_refused_is_not_texted_again_until_they_begin_themselves() {
    agreed();
    receive("STOP");
    engage.outbox().workOff();
    PrivacyDesk privacy = engage.privacyOf(Shop.DIRK);
    int before = gateway.sent().size();
    privacy.erase(Person.of(ANA));

    Outcome<Texted> refused = clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");
    engage.outbox().workOff();
    int after = gateway.sent().size();
    receive("START");
    Outcome<Texted> sent = clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");
    engage.outbox().workOff();

    assertThat(refused).isInstanceOf(Outcome.Refused.class);
    assertThat(after).isEqualTo(before);
    assertThat(sent.findValue()).get().isInstanceOf(Texted.Queued.class);
    assertThat(texts()).endsWith("Your bike is ready");
    assertThat(street.storage.documents().ofOwner(DocumentKey.Kind.SUPPRESSION, "sms", "", 10))
        .isEmpty();
  }

  @Test
  @Tag("SM-2")
  @Tag("PO-6")
  void a_refusal_in_own_words_outlives_its_erasure_too() {
    agreed();
    receive("Please stop texting me");
    engage.privacyOf(Shop.DIRK).erase(Person.of(ANA));

    Outcome<Texted> outcome = clara.begin(WORKSHOP, ANA, ANAS, "Your bike is ready");

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-2")
  @Tag("PO-6")
  void who_stops_while_they_are_being_erased_has_stopped() {
    agreed();
    Storage slow = Overtaken.after(street.storage, "drafts", () -> receive("STOP"));
    try (Engage node = builder(slow).build()) {

      node.privacyOf(Shop.DIRK).erase(Person.of(ANA));
    }

    assertThat(clara.begin(WORKSHOP, ANA, ANAS, "Hello")).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SM-2")
  @Tag("PO-6")
  void who_refused_is_not_erased_where_the_refusal_would_be_forgotten_with_the_process() {
    agreed();
    receive("STOP");
    try (Engage keyless = builderWithoutKey(street.storage).build()) {
      PrivacyDesk privacy = keyless.privacyOf(Shop.DIRK);

      Outcome<Erasure> outcome = privacy.erase(Person.of(ANA));

      assertThat(outcome.toString()).contains("signingKeys");
      assertThat(clara.begin(WORKSHOP, ANA, ANAS, "Hi")).isInstanceOf(Outcome.Refused.class);
      assertThat(privacy.erase(Person.of(CustomerId.of("ben"))).isDone()).isTrue();
    }
  }

  private Conversation agreed() {
    clara.begin(WORKSHOP, ANA, ANAS, "Hello");
    engage.outbox().workOff();
    receive("Yes");
    return onlyConversation();
  }

  private Message sent(String text) {
    Message message = clara.send(agreed().id(), text).findValue().orElseThrow().message();
    engage.outbox().workOff();
    return message;
  }

  /** A node. */
  private Engage.Builder builder(Storage storage) {
    return builderWithoutKey(storage).signingKeys(Shop.KEY);
  }

  private Engage.Builder builderWithoutKey(Storage storage) {
    return Engage.builder()
        .storage(storage)
        .blobs(street.blobs)
        .mail(street.mail)
        .customers(
            InMemoryCustomerDirectory.create().with("ana", "Ana Silva", Shop.ANA.address(), ANAS))
        .permissions(street.permissions)
        .sms(gateway)
        .account(Street.ACCOUNT)
        .inbox(Shop.shop())
        .inbox(Shop.workshop())
        .authenticationServers("mx.shop.example")
        .smsByMail("US", "gateway.example")
        .clock(street.clock);
  }

  private void receive(String text) {
    street.clock.advance(Duration.ofSeconds(5));
    engage
        .sms()
        .receive(
            new InboundSms(
                "in-" + lastId.incrementAndGet(), ANAS, OURS, text, street.clock.instant()));
  }

  private SmsReport report(String gatewayId, SmsReport.Status status) {
    return new SmsReport(gatewayId, status, "", street.clock.instant());
  }

  private Conversation onlyConversation() {
    List<Conversation> open =
        engage.deskOf(Shop.CLARA).list(ConversationFilter.open(), Page.Request.first(10)).items();
    assertThat(open).hasSize(1);
    return open.get(0);
  }

  private List<String> texts() {
    return gateway.sent().stream().map(OutboundSms::text).toList();
  }

  private Message stored(Message message) {
    return street.storage.inboxes().messages(List.of(message.id())).get(0);
  }

  private static String textByMail(String words) {
    return """
    From: sms@gateway.example
    To: repairs@shop.example
    Subject: SMS from +1 415-555-0101
    Date: Mon, 2 Mar 2026 08:00:00 +0000
    Message-ID: <sms-1@gateway.example>

    %s
    """
        .formatted(words);
  }
}
