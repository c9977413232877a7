package io.engage.core.receiving;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.BEN;
import static io.engage.core.Shop.MALLORY;
import static io.engage.core.Shop.MORNING;
import static io.engage.core.Shop.from;
import static io.engage.core.Shop.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.core.Shop;
import io.engage.core.classifying.Classifying;
import io.engage.core.classifying.SmsGatewaySender;
import io.engage.core.signing.SigningKeys;
import io.engage.core.threading.ThreadTokens;
import io.engage.core.threading.Threading;
import io.engage.core.trusting.Trusting;
import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerEntry.State;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReceivingTest {
  private static final Inbox SHOP = Shop.shop();
  private static final Inbox WORKSHOP = Shop.workshop();
  private static final PhoneNumber NUMBER = PhoneNumber.of("+14155550123");

  private final AtomicInteger number = new AtomicInteger();
  private final Supplier<String> ids = () -> "id-" + number.incrementAndGet();
  private final ThreadTokens tokens = new ThreadTokens(SigningKeys.of(Shop.KEY));
  private final Receiving receiving =
      new Receiving(new Threading(tokens), new Trusting(Set.of("mx.shop.example")));

  @Test
  @Tag("SY-1")
  void a_new_mail_opens_a_conversation_is_linked_and_is_recorded() {
    Plan plan = decide(known(), arrival(1, from(ANA).to(WORKSHOP)));

    Conversation opened = plan.conversations().get(0);
    assertThat(opened.inbox()).isEqualTo(WORKSHOP.id());
    assertThat(opened.state().customer()).isEqualTo(CustomerId.of("ana"));
    assertThat(opened.unread()).isEqualTo(1);
    assertThat(plan.messages()).extracting(Message::conversation).containsExactly(opened.id());
    assertThat(plan.ledger()).extracting(LedgerEntry::state).containsExactly(State.IMPORTED);
    assertThat(plan.occurrences())
        .extracting(each -> each.fact().code())
        .containsExactly("received", "conversation-opened", "linked-to-customer");
  }

  @Test
  @Tag("TH-1")
  void the_second_mail_of_a_batch_joins_the_conversation_that_the_first_opened() {
    Plan plan =
        decide(
            known(),
            arrival(1, from(ANA).to(WORKSHOP).id("q@x.example")),
            arrival(2, from(ANA).to(WORKSHOP).id("r@x.example").answering(id("q@x.example"))));

    assertThat(plan.conversations()).hasSize(1);
    assertThat(plan.conversations().get(0).messages()).isEqualTo(2);
    assertThat(plan.messages()).hasSize(2);
  }

  @Test
  @Tag("WK-5")
  void an_older_mail_that_is_imported_later_does_not_change_who_gets_copies() {
    Plan plan =
        decide(
            known(),
            arrival(1, from(ANA).to(WORKSHOP).id("q@x.example")),
            arrival(9, from(ANA).to(WORKSHOP).id("r@x.example").answering(id("q@x.example"))),
            arrival(
                2, from(ANA).to(WORKSHOP).cc(BEN).id("s@x.example").answering(id("q@x.example"))));

    assertThat(plan.conversations()).hasSize(1);
    assertThat(plan.conversations().get(0).messages()).isEqualTo(3);
    assertThat(plan.conversations().get(0).exchange().cc()).isEmpty();
  }

  @Test
  @Tag("G-6")
  void twins_in_one_batch_are_one_message_and_two_entries() {
    Shop.Mail mail = from(ANA).to(WORKSHOP);

    Plan plan = decide(known(), arrival(1, mail), arrival(2, mail));

    assertThat(plan.messages()).hasSize(1);
    assertThat(plan.ledger())
        .extracting(LedgerEntry::state)
        .containsExactly(State.IMPORTED, State.DUPLICATE);
  }

  @Test
  @Tag("G-5")
  void other_bytes_with_the_same_message_id_are_another_message() {
    Plan plan =
        decide(
            known(),
            arrival(1, from(ANA).to(WORKSHOP).id("same@x.example").saying("One")),
            arrival(2, from(BEN).to(WORKSHOP).id("same@x.example").saying("Two")));

    assertThat(plan.messages()).hasSize(2);
    assertThat(facts(plan, AuditFact.Received.class))
        .extracting(AuditFact.Received::evidence)
        .satisfiesExactly(
            first -> assertThat(first).doesNotContain("same Message-ID"),
            second -> assertThat(second).contains("same Message-ID"));
    assertThat(plan.conversations()).hasSize(2);
  }

  @Test
  @Tag("G-10")
  void a_mail_that_the_ledger_knows_is_passed_over() {
    Arrival again = arrival(7, from(ANA).to(WORKSHOP));
    Known known = known(null, Set.of(Shop.uid(7)), List.of(), List.of());

    Plan plan = decide(known, again);

    assertThat(plan.messages()).isEmpty();
    assertThat(plan.ledger()).isEmpty();
  }

  @Test
  @Tag("G-4")
  void a_deleted_mail_that_shows_up_again_gets_a_tombstone_and_no_message() {
    Shop.Mail mail = from(ANA).to(WORKSHOP);
    Plan first = decide(known(), arrival(1, mail));
    Message deleted =
        first
            .messages()
            .get(0)
            .withState(first.messages().get(0).state().removed(Removal.BY_AGENT));

    Plan plan =
        decide(known(null, Set.of(), List.of(deleted), first.conversations()), arrival(9, mail));

    assertThat(plan.messages()).isEmpty();
    assertThat(plan.ledger()).extracting(LedgerEntry::state).containsExactly(State.TOMBSTONE);
  }

  @Test
  @Tag("G-3")
  void a_renumbered_folder_replays_nothing_and_says_so_once() {
    Shop.Mail old = from(ANA).to(WORKSHOP).saying("old");
    Plan before = decide(known(), arrival(1, old));
    Known known =
        known(
            FolderCursor.start(Shop.INBOX_FOLDER, 99).at(1),
            Set.of(),
            before.messages(),
            before.conversations());

    Plan plan = decide(known, arrival(1, old), arrival(2, from(BEN).to(WORKSHOP).saying("new")));

    assertThat(plan.ledger())
        .extracting(LedgerEntry::state)
        .containsExactly(State.DUPLICATE, State.IMPORTED);
    assertThat(facts(plan, AuditFact.FolderRenumbered.class)).hasSize(1);
    assertThat(facts(plan, AuditFact.Received.class)).hasSize(1);
  }

  @Test
  @Tag("G-3")
  void known_bytes_are_not_distributed_anew_when_another_inbox_has_come_since() {
    Shop.Mail mail = from(ANA).to(SHOP).to(WORKSHOP);
    Plan before = decide(known(), arrival(1, mail));
    List<Message> ofShop =
        before.messages().stream().filter(each -> each.inbox().equals(SHOP.id())).toList();

    Plan plan = decide(known(null, Set.of(), ofShop, before.conversations()), arrival(9, mail));

    assertThat(plan.messages()).isEqualTo(ofShop);
    assertThat(plan.ledger()).extracting(LedgerEntry::state).containsExactly(State.DUPLICATE);
  }

  @Test
  @Tag("G-7")
  void a_mail_to_two_inboxes_is_one_message_in_each_with_one_source() {
    Plan plan = decide(known(), arrival(1, from(ANA).to(SHOP).to(WORKSHOP)));

    assertThat(plan.messages())
        .extracting(Message::inbox)
        .containsExactly(SHOP.id(), WORKSHOP.id());
    assertThat(plan.messages())
        .extracting(message -> message.source().digest())
        .containsOnly(plan.messages().get(0).source().digest());
    assertThat(plan.ledger())
        .singleElement()
        .satisfies(entry -> assertThat(entry.messages()).hasSize(2));
  }

  @Test
  @Tag("WK-1")
  void what_follows_a_transferred_conversation_goes_where_that_is_now() {
    Plan first = decide(known(), arrival(1, from(ANA).to(WORKSHOP).id("q@x.example")));
    Conversation there = first.conversations().get(0).in(SHOP.id());
    Message question = first.messages().get(0).in(SHOP.id());
    Known known = known(null, Set.of(), List.of(question), List.of(there));

    Plan plan =
        decide(
            known,
            arrival(2, from(ANA).to(WORKSHOP).id("r@x.example").answering(id("q@x.example"))),
            arrival(3, from(ANA).to(WORKSHOP).id("s@x.example").about("Another bike")));

    assertThat(plan.messages())
        .extracting(Message::inbox)
        .containsExactly(SHOP.id(), WORKSHOP.id());
    assertThat(plan.messages().get(0).conversation()).isEqualTo(there.id());
  }

  @Test
  @Tag("WK-1")
  void the_answer_to_a_mail_that_was_sent_before_a_transfer_goes_where_the_conversation_is() {
    Conversation there = Shop.conversation("bike", SHOP, ANA);
    RfcMessageId token = tokens.sign(there.id(), "n1", "shop.example");
    Message answer =
        Shop.sent("m2", there, from(WORKSHOP.sender()).to(ANA).id(token.value()).headers());
    Known known = known(null, Set.of(), List.of(answer), List.of(there));

    Plan plan = decide(known, arrival(2, from(ANA).to(WORKSHOP).answering(token)));

    assertThat(plan.messages()).extracting(Message::inbox).containsExactly(SHOP.id());
    assertThat(plan.conversations()).extracting(Conversation::id).containsExactly(there.id());
  }

  @Test
  @Tag("WK-1")
  @Tag("TH-1")
  void a_mail_with_the_number_of_a_transferred_conversation_goes_where_that_is_now() {
    Conversation there = Shop.conversation("bike", SHOP, ANA);
    String numbered = "Bike " + ConversationNumber.of(there.id()).inSubject();
    Known known = known(null, Set.of(), List.of(), List.of(there));

    Plan plan =
        decide(
            known,
            arrival(2, from(ANA).to(WORKSHOP).id("r@x.example").about(numbered)),
            arrival(3, from(BEN).to(WORKSHOP).id("s@x.example").about(numbered)),
            arrival(4, from(ANA).to(WORKSHOP).to(SHOP).id("t@x.example").about(numbered)));

    assertThat(plan.messages())
        .extracting(each -> each.headers().messageId().value(), Message::inbox)
        .containsExactlyInAnyOrder(
            tuple("r@x.example", SHOP.id()),
            tuple("s@x.example", WORKSHOP.id()),
            tuple("t@x.example", SHOP.id()),
            tuple("t@x.example", WORKSHOP.id()));
    assertThat(plan.messages())
        .filteredOn(each -> each.inbox().equals(SHOP.id()))
        .extracting(Message::conversation)
        .containsOnly(there.id());
  }

  @Test
  @Tag("WK-1")
  void who_adds_another_inbox_to_an_answer_is_heard_in_both() {
    Conversation bike = Shop.conversation("bike", SHOP, ANA);
    Message question = Shop.message("m1", bike, from(ANA).to(SHOP).id("q@x.example").headers());
    Known known = known(null, Set.of(), List.of(question), List.of(bike));

    Plan plan =
        decide(
            known,
            arrival(
                2, from(ANA).to(SHOP).to(WORKSHOP).id("r@x.example").answering(id("q@x.example"))));

    assertThat(plan.messages())
        .extracting(Message::inbox)
        .containsExactlyInAnyOrder(SHOP.id(), WORKSHOP.id());
  }

  @Test
  @Tag("WK-2")
  void a_new_mail_of_the_customer_reopens_a_completed_conversation() {
    Plan first = decide(known(), arrival(1, from(ANA).to(WORKSHOP).id("q@x.example")));
    Conversation completed =
        first
            .conversations()
            .get(0)
            .withState(first.conversations().get(0).state().withCompletedAt(MORNING));

    Plan plan =
        decide(
            known(null, Set.of(), first.messages(), List.of(completed)),
            arrival(2, from(ANA).to(WORKSHOP).id("r@x.example").answering(id("q@x.example"))));

    assertThat(plan.conversations().get(0).isCompleted()).isFalse();
    assertThat(facts(plan, AuditFact.Reopened.class)).hasSize(1);
  }

  @Test
  @Tag("G-26")
  void an_out_of_office_answer_changes_no_state_and_asks_nobody_to_look() {
    Plan first = decide(known(), arrival(1, from(ANA).to(WORKSHOP).id("q@x.example")));
    Conversation completed =
        first
            .conversations()
            .get(0)
            .withState(first.conversations().get(0).state().withCompletedAt(MORNING));

    Plan plan =
        decide(
            known(null, Set.of(), first.messages(), List.of(completed)),
            arrival(
                2,
                from(ANA)
                    .to(WORKSHOP)
                    .about("Out of Office: My bike")
                    .with("Auto-Submitted", "auto-replied")
                    .answering(id("q@x.example"))));

    Conversation after = plan.conversations().get(0);
    assertThat(after.isCompleted()).isTrue();
    assertThat(after.unread()).isEqualTo(completed.unread());
    assertThat(plan.messages())
        .extracting(Message::kind)
        .containsExactly(MessageKind.OUT_OF_OFFICE);
    assertThat(facts(plan, AuditFact.FiledUnder.class)).hasSize(1);
  }

  @Test
  @Tag("SY-7")
  void an_automatic_mail_that_belongs_to_nothing_is_kept_and_opens_nothing() {
    Plan plan =
        decide(known(), arrival(1, from(BEN).to(WORKSHOP).with("Auto-Submitted", "auto-replied")));

    assertThat(plan.conversations())
        .singleElement()
        .satisfies(each -> assertThat(each.isCompleted()).isTrue());
    assertThat(plan.messages())
        .singleElement()
        .satisfies(each -> assertThat(each.state().read()).isTrue());
  }

  @Test
  @Tag("G-22")
  void a_forged_sender_is_not_linked() {
    Plan plan =
        decide(
            known(),
            arrival(
                1,
                from(ANA)
                    .to(WORKSHOP)
                    .with(
                        "Authentication-Results",
                        "mx.shop.example; dmarc=fail header.from=customer.example")));

    assertThat(plan.conversations().get(0).findCustomer()).isEmpty();
    assertThat(facts(plan, AuditFact.LinkedToCustomer.class)).isEmpty();
  }

  @Test
  @Tag("G-20")
  void a_stranger_with_a_guessed_message_id_opens_a_conversation_of_their_own() {
    Plan plan =
        decide(
            known(),
            arrival(1, from(ANA).to(WORKSHOP).id("q@x.example")),
            arrival(2, from(MALLORY).to(WORKSHOP).id("m@x.example").answering(id("q@x.example"))));

    assertThat(plan.conversations()).hasSize(2);
  }

  @Test
  @Tag("G-9")
  void a_mail_that_cannot_be_read_is_quarantined_and_its_neighbours_arrive() {
    List<Arrival> batch = new ArrayList<>();
    batch.add(arrival(1, from(ANA).to(WORKSHOP).saying("one")));
    batch.add(new Arrival.Unreadable(Shop.uid(2), null, "the server gave no body"));
    batch.add(arrival(3, from(BEN).to(WORKSHOP).saying("three")));

    Plan plan = receiving.decide(batch, known(), MORNING, ids);

    assertThat(plan.messages()).hasSize(2);
    assertThat(plan.count(State.QUARANTINED)).isEqualTo(1);
    assertThat(facts(plan, AuditFact.Quarantined.class))
        .containsExactly(new AuditFact.Quarantined(Shop.uid(2), "the server gave no body"));
  }

  @Test
  @Tag("TH-1")
  void a_token_leads_into_its_inbox_whatever_address_the_answer_was_sent_to() {
    Plan first = decide(known(), arrival(1, from(ANA).to(WORKSHOP)));
    Conversation bike = first.conversations().get(0);

    Plan plan =
        decide(
            known(null, Set.of(), first.messages(), first.conversations()),
            arrival(
                2, from(BEN).id("2@x").answering(tokens.sign(bike.id(), "n1", "shop.example"))));

    assertThat(plan.messages()).extracting(Message::conversation).containsExactly(bike.id());
  }

  @Test
  @Tag("TH-2")
  void the_next_mail_of_an_unknown_address_goes_where_an_agent_linked_its_conversation() {
    NamedAddress dora = NamedAddress.of("dora@unknown.example");
    NamedAddress loud = NamedAddress.of("Dora@unknown.example");
    Plan first = decide(known(), arrival(1, from(dora).to(WORKSHOP).id("q@x.example")));
    Conversation linked =
        first
            .conversations()
            .get(0)
            .withState(Conversation.State.NEW.withCustomer(CustomerId.of("dora")));

    Plan plan =
        decide(
            known(null, Set.of(), first.messages(), List.of(linked)),
            arrival(2, from(loud).to(WORKSHOP).id("r@x.example").answering(id("q@x.example"))));

    assertThat(plan.messages())
        .extracting(each -> each.state().customer())
        .containsExactly(CustomerId.of("dora"));
  }

  @Test
  @Tag("G-22")
  void a_token_alone_takes_an_unknown_sender_into_nobody_s_history() {
    Plan first = decide(known(), arrival(1, from(ANA).to(WORKSHOP)));
    Conversation bike = first.conversations().get(0);

    Plan plan =
        decide(
            known(null, Set.of(), first.messages(), first.conversations()),
            arrival(
                2,
                from(MALLORY).id("2@x").answering(tokens.sign(bike.id(), "n1", "shop.example"))));

    assertThat(plan.messages()).extracting(Message::conversation).containsExactly(bike.id());
    assertThat(plan.messages().get(0).state().customer()).isNull();
  }

  @Test
  @Tag("TH-1")
  void our_own_addresses_take_no_part_however_they_are_written() {
    Plan plan =
        decide(known(), arrival(1, from(ANA).to(NamedAddress.of("Repairs+bike@shop.example"))));

    assertThat(plan.conversations().get(0).participants()).containsExactly(ANA.address());
  }

  @Test
  @Tag("SY-8")
  @Tag("G-22")
  void a_forged_gateway_speaks_for_no_number() {
    Conversation open = smsConversation();
    Shop.Mail forged =
        text().with("Authentication-Results", "mx.shop.example; dmarc=fail header.from=x");

    Plan plan = decide(knownSms(open), smsArrival(1, forged));

    Message message = plan.messages().get(0);
    assertThat(message.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(message.channel()).isEqualTo(Channel.EMAIL);
    assertThat(message.phone()).isNull();
    assertThat(message.state().customer()).isNull();
    assertThat(plan.conversations())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.id()).isNotEqualTo(open.id());
              assertThat(each.channel()).isEqualTo(Channel.EMAIL);
              assertThat(each.participants()).doesNotContain(NUMBER);
            });
  }

  @Test
  @Tag("SY-8")
  void a_text_message_joins_the_open_conversation_of_its_number() {
    Conversation open = smsConversation();

    Plan plan = decide(knownSms(open), smsArrival(1, text()));

    assertThat(plan.messages()).extracting(Message::conversation).containsExactly(open.id());
    assertThat(plan.messages()).extracting(Message::phone).containsExactly(NUMBER);
  }

  private static Shop.Mail text() {
    return from(NamedAddress.of("sms@gateway.example"))
        .to(WORKSHOP)
        .about("SMS from +1 415-555-0123");
  }

  private static Conversation smsConversation() {
    return new Conversation(
        ConversationId.of("texts"),
        WORKSHOP.id(),
        Channel.SMS,
        "",
        Set.of(NUMBER),
        1,
        0,
        MORNING,
        MORNING,
        Conversation.Exchange.NONE,
        Conversation.State.NEW.withCustomer(CustomerId.of("ana")),
        1);
  }

  private static Known knownSms(Conversation open) {
    return new Known(
        List.of(SHOP, WORKSHOP),
        null,
        Set.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(NUMBER, List.of(open)),
        Map.of(NUMBER, List.of(CustomerId.of("ana"))));
  }

  private static Arrival smsArrival(long uid, Shop.Mail mail) {
    Classifying classifying =
        Classifying.of(List.of(SmsGatewaySender.of("sms@gateway.example")), "US");
    return new Arrival.Readable(
        mail.fetched(uid), mail.parsed(), classifying.decide(mail.parsed()), mail.parsed().text());
  }

  private Plan decide(Known known, Arrival... arrivals) {
    return receiving.decide(Arrays.asList(arrivals), known, MORNING, ids);
  }

  private static Arrival arrival(long uid, Shop.Mail mail) {
    return new Arrival.Readable(
        mail.fetched(uid),
        mail.parsed(),
        Classifying.withoutSms().decide(mail.parsed()),
        mail.parsed().text());
  }

  private static Known known() {
    return known(null, Set.of(), List.of(), List.of());
  }

  private static Known known(
      FolderCursor cursor,
      Set<ServerUid> recorded,
      List<Message> messages,
      List<Conversation> conversations) {
    Map<Address, List<CustomerId>> customers =
        Map.of(
            ANA.address(),
            List.of(CustomerId.of("ana")),
            BEN.address(),
            List.of(CustomerId.of("ben")));
    return new Known(
        List.of(SHOP, WORKSHOP),
        cursor,
        recorded,
        messages,
        messages,
        conversations,
        Map.of(),
        customers);
  }

  private static <T extends AuditFact> List<T> facts(Plan plan, Class<T> kind) {
    return plan.occurrences().stream()
        .map(Occurrence::fact)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
