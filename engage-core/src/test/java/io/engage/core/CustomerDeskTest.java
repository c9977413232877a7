package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.CustomerMerge.Stage;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import io.engage.testkit.Race;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerDeskTest {
  private static final CustomerId ANA = CustomerId.of("ana");
  private static final CustomerId OLD_ANA = CustomerId.of("ana-before-marriage");
  private static final CustomerId BEN = CustomerId.of("ben");

  private final Street street = new Street();
  private final CustomerDesk desk = street.clara.customers();

  @AfterEach
  void close() {
    street.close();
  }

  private List<Customer> find(String words) {
    return desk.find(words, 10).findValue().orElseThrow();
  }

  @Test
  @Tag("TH-3")
  void a_conversation_is_linked_to_a_customer_found_by_search_with_its_messages() {
    Conversation bike = stranger("zoe@new.example");
    Customer ben = find("ben oka").get(0);

    Outcome<Conversation> outcome = desk.link(List.of(bike.id()), ben.id()).get(bike.id());

    assertThat(outcome.isDone()).isTrue();
    assertThat(history(BEN)).hasSize(1);
  }

  @Test
  @Tag("TH-3")
  void an_address_or_number_typed_in_full_finds_its_customer_however_it_is_written() {
    street.customers.with("cleo", "Cleo Martin", PhoneNumber.of("+14155550123"));

    assertThat(find("(415) 555-0123")).extracting(Customer::id).contains(id("cleo"));
    assertThat(find("+1 415 555 0123")).extracting(Customer::id).contains(id("cleo"));
    assertThat(find(" ben@CUSTOMER.example ")).extracting(Customer::id).contains(BEN);
    assertThat(find("  ")).isEmpty();
  }

  @Test
  @Tag("TH-3")
  void nobody_is_linked_to_a_customer_whom_the_directory_does_not_know() {
    Conversation bike = stranger("zoe@new.example");

    Outcome<Conversation> outcome = desk.link(List.of(bike.id()), id("nobody")).get(bike.id());

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(street.onlyConversation().state().customer()).isNull();
  }

  @Test
  @Tag("TH-3")
  void a_customer_is_created_from_a_message_and_has_it_in_their_history() {
    Conversation bike = stranger("Zoe Ziegler <zoe@new.example>");

    Customer zoe = desk.create(street.lastMessage(bike).id(), "").findValue().orElseThrow();

    assertThat(zoe.name()).isEqualTo("Zoe Ziegler");
    assertThat(history(zoe.id())).hasSize(1);
  }

  @Test
  @Tag("TH-3")
  void what_is_unlinked_leaves_the_history_deleted_messages_too_and_is_not_linked_again() {
    street.arrives(fromAna("1@customer.example", "One"));
    street.arrives(reply("2@customer.example", "1@customer.example"));
    street.sync();
    Conversation bike = street.onlyConversation();
    street.clara.deleteMessages(List.of(street.lastMessage(bike).id()));

    desk.unlink(List.of(bike.id()));

    street.clara.open(street.messages(bike).get(0).id());
    street.arrives(reply("3@customer.example", "1@customer.example"));
    street.sync();
    assertThat(history(ANA)).isEmpty();
    assertThat(street.onlyConversation().state().customer()).isNull();
    assertThat(facts(bike)).contains("unlinked");
    assertThat(desk.unlink(List.of(bike.id())).get(bike.id()))
        .isInstanceOf(Outcome.AlreadySo.class);
  }

  @Test
  @Tag("TH-3")
  void what_others_wrote_in_an_unlinked_conversation_stays_in_their_histories() {
    street.arrives(
        fromAna("1@customer.example", "One")
            .replace("Subject:", "Cc: ben@customer.example\nSubject:"));
    street.sync();
    street.arrives(
        mailFrom("ben@customer.example", "2@customer.example", "Me too")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    street.sync();

    desk.unlink(List.of(street.onlyConversation().id()));

    assertThat(history(ANA)).isEmpty();
    assertThat(history(BEN)).hasSize(1);
  }

  @Test
  @Tag("TH-2")
  void a_family_address_is_linked_to_the_first_and_the_others_are_offered() {
    street.customers.with("tom", "Tom Silva", Shop.ANA.address());
    street.arrives(fromAna("1@customer.example", "Hello"));
    street.sync();
    Conversation bike = street.onlyConversation();

    List<Customer> candidates =
        desk.candidates(street.lastMessage(bike).id()).findValue().orElseThrow();

    assertThat(candidates).extracting(Customer::id).containsExactly(ANA, id("tom"));
    assertThat(bike.state().customer()).isEqualTo(ANA);
  }

  @Test
  @Tag("TH-2")
  @Tag("SY-8")
  void a_text_message_from_a_number_of_two_customers_is_linked_to_nobody() {
    PhoneNumber shared = PhoneNumber.of("+14155550199");
    street.customers.with("tom", "Tom Silva", shared).with("ida", "Ida Silva", shared);
    arrivesSms("(415) 555-0199", "s1");
    street.sync();
    Conversation sms = street.onlyConversation();

    street.clara.open(street.lastMessage(sms).id());

    assertThat(street.onlyConversation().state().customer()).isNull();
    assertThat(desk.candidates(street.lastMessage(sms).id()).findValue().orElseThrow()).hasSize(2);
  }

  @Test
  @Tag("TH-4")
  void the_history_is_that_of_one_channel_when_asked_for() {
    street.customers.with(
        "ida", "Ida Silva", PhoneNumber.of("+14155550199"), Shop.MALLORY.address());
    arrivesSms("(415) 555-0199", "s1");
    street.arrives(mailFrom("mallory@evil.example", "1@evil.example", "By mail"));
    street.sync();

    assertThat(desk.history(id("ida"), Page.Request.first(10)).items()).hasSize(2);
    assertThat(desk.history(id("ida"), Channel.SMS, Page.Request.first(10)).items())
        .singleElement()
        .satisfies(each -> assertThat(each.channel()).isEqualTo(Channel.SMS));
    assertThat(desk.history(id("ida"), Channel.EMAIL, Page.Request.first(10)).items())
        .singleElement()
        .satisfies(each -> assertThat(each.channel()).isEqualTo(Channel.EMAIL));
  }

  @Test
  @Tag("G-23")
  @Tag("TH-4")
  void a_side_thread_is_not_linked_and_no_customer_is_created_from_it() {
    Conversation side = besides(stranger("sales@spokes.example"), null);

    Outcome<Conversation> linked = desk.link(List.of(side.id()), ANA).get(side.id());
    Outcome<Customer> created = desk.create(street.lastMessage(side).id(), "Spokes");

    assertThat(linked)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("Link the conversation beside which it is led"));
    assertThat(created).isInstanceOf(Outcome.Refused.class);
    assertThat(find("sales@spokes.example")).isEmpty();
    assertThat(stored(side).findCustomer()).isEmpty();
  }

  @Test
  @Tag("G-23")
  @Tag("TH-4")
  @Tag("PO-6")
  void what_is_answered_in_a_side_thread_with_a_link_goes_to_no_customer() throws IOException {
    Conversation side = besides(stranger("sales@spokes.example"), ANA);
    ByteArrayOutputStream export = new ByteArrayOutputStream();

    street.clara.reply(side.id(), Reply.of("Two, please"));

    street.engage.privacyOf(Shop.CLARA).export(Person.of(ANA), export);
    assertThat(street.messages(side)).hasSize(2);
    assertThat(history(ANA)).isEmpty();
    assertThat(PrivacyDeskTest.unzipped(export.toByteArray()).values())
        .noneMatch(entry -> entry.contains("Two, please") || entry.contains("spokes"));
  }

  /** As if a mail had been forwarded. */
  private Conversation besides(Conversation conversation, @Nullable CustomerId linked) {
    street
        .storage
        .inboxes()
        .commit(
            change(
                conversation
                    .withExchange(conversation.exchange().besides(ConversationId.of("main")))
                    .withState(conversation.state().withCustomer(linked)),
                conversation));
    return stored(conversation);
  }

  private Conversation stored(Conversation conversation) {
    return street.storage.inboxes().conversations(List.of(conversation.id())).get(0);
  }

  @Test
  @Tag("TH-3")
  void everything_of_a_merged_customer_stands_with_the_other_also_what_comes_later() {
    twoAnas();

    CustomerMerge merge = desk.merge(ANA, OLD_ANA).findValue().orElseThrow();

    street.arrives(mailFrom("ana@before.example", "9@before.example", "Again me"));
    street.sync();
    assertThat(merge.stage()).isEqualTo(Stage.DONE);
    assertThat(merge.messages()).isEqualTo(3);
    assertThat(history(OLD_ANA)).isEmpty();
    assertThat(history(ANA)).hasSize(5);
    assertThat(street.list(ConversationFilter.all().with(OLD_ANA))).isEmpty();
    assertThat(desk.mergesInto(ANA).findValue().orElseThrow())
        .extracting(CustomerMerge::merged)
        .containsExactly(OLD_ANA);
    assertThat(desk.merge(ANA, OLD_ANA)).isInstanceOf(Outcome.AlreadySo.class);
  }

  @Test
  @Tag("TH-3")
  void an_undone_merge_brings_back_what_moved_then_and_is_still_there() {
    List<Conversation> old = twoAnas();
    desk.merge(ANA, OLD_ANA);
    desk.link(List.of(old.get(0).id()), BEN);

    Outcome<CustomerMerge> undone = desk.undoMerge(OLD_ANA);

    assertThat(undone.findValue().orElseThrow().stage()).isEqualTo(Stage.UNDONE);
    assertThat(history(OLD_ANA)).hasSize(2);
    assertThat(history(BEN)).hasSize(1);
    assertThat(history(ANA)).hasSize(1);
    assertThat(desk.undoMerge(OLD_ANA)).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(desk.merge(ANA, OLD_ANA).isDone()).isTrue();
    assertThat(history(ANA)).hasSize(3);
  }

  @Test
  @Tag("TH-3")
  void a_merge_that_was_killed_anywhere_goes_on_and_so_does_its_undo() {
    IntStream.range(0, 1200)
        .forEach(
            i ->
                street.arrives(
                    mailFrom("ana@before.example", i + "@before.example", "Question " + i)));
    street.customers.with(
        "ana-before-marriage", "Ana Costa", EmailAddress.of("ana@before.example"));
    street.sync();

    for (int step = 1; step < 20; step++) {
      killedAt(step, one -> one.merge(ANA, OLD_ANA));
    }
    assertThat(desk.merge(ANA, OLD_ANA)).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(history(ANA)).hasSize(1000);
    assertThat(history(OLD_ANA)).isEmpty();
    assertThat(moved(AuditFact.CustomersMerged.class)).isEqualTo(1200);
    for (int step = 1; step < 20; step++) {
      killedAt(step, one -> one.undoMerge(OLD_ANA));
    }

    assertThat(history(ANA)).isEmpty();
    assertThat(desk.mergesInto(ANA).findValue().orElseThrow().get(0).messages()).isZero();
    assertThat(moved(AuditFact.MergeUndone.class)).isEqualTo(1200);
  }

  @Test
  @Tag("TH-3")
  void a_merge_that_makes_no_sense_is_refused_in_words() {
    twoAnas();
    desk.merge(ANA, OLD_ANA);

    assertThat(desk.merge(ANA, ANA)).isInstanceOf(Outcome.Refused.class);
    assertThat(desk.merge(BEN, OLD_ANA)).isInstanceOf(Outcome.Refused.class);
    assertThat(desk.merge(OLD_ANA, BEN)).isInstanceOf(Outcome.Refused.class);
    assertThat(desk.merge(id("nobody"), BEN)).isInstanceOf(Outcome.Unknown.class);
    assertThat(desk.undoMerge(BEN)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("TH-3")
  void whoever_is_merged_twice_stands_with_the_last() {
    twoAnas();
    desk.merge(ANA, OLD_ANA);
    desk.merge(BEN, ANA);

    street.arrives(mailFrom("ana@before.example", "9@before.example", "Again me"));
    street.sync();

    assertThat(history(BEN)).hasSize(5);
  }

  @Test
  @Tag("TH-3")
  void merges_of_merges_are_undone_from_the_outermost_and_nothing_is_lost() {
    twoAnas();
    desk.merge(ANA, OLD_ANA);
    desk.merge(BEN, ANA);

    Outcome<CustomerMerge> inner = desk.undoMerge(OLD_ANA);

    assertThat(inner)
        .isEqualTo(new Outcome.Refused<>("Customer 'ana' is merged into 'ben'. Undo that first."));
    assertThat(history(BEN)).hasSize(4);
    assertThat(desk.undoMerge(ANA).isDone()).isTrue();
    assertThat(desk.undoMerge(OLD_ANA).isDone()).isTrue();
    assertThat(history(BEN)).isEmpty();
    assertThat(history(ANA)).hasSize(1);
    assertThat(history(OLD_ANA)).hasSize(3);
  }

  @Test
  @Tag("TH-3")
  void whoever_is_merged_stands_for_the_other_wherever_somebody_is_chosen() {
    Conversation zoe = stranger("zoe@new.example");
    twoAnas();
    desk.merge(ANA, OLD_ANA);
    desk.merge(BEN, ANA);

    Outcome<Conversation> linked = desk.link(List.of(zoe.id()), OLD_ANA).get(zoe.id());
    Draft draft =
        street.clara.writing().begin(Shop.workshop().id(), OLD_ANA).findValue().orElseThrow();

    assertThat(linked.findValue().orElseThrow().state().customer()).isEqualTo(BEN);
    assertThat(draft.customer()).isEqualTo(BEN);
  }

  @Test
  @Tag("TH-3")
  void what_was_begun_before_a_merge_stands_with_whoever_they_are_when_it_is_sent() {
    street.customers.with(
        "ana-before-marriage", "Ana Costa", EmailAddress.of("ana@before.example"));
    WritingDesk writing = street.clara.writing();
    Draft draft = writing.begin(Shop.workshop().id(), OLD_ANA).findValue().orElseThrow();
    Draft written =
        writing
            .save(
                draft.withContent(
                    draft.content().withSubject("Hello").withText("Hello"), draft.changedAt()))
            .findValue()
            .orElseThrow();
    desk.merge(ANA, OLD_ANA);

    Message sent = writing.send(written).findValue().orElseThrow();

    assertThat(sent.state().customer()).isEqualTo(ANA);
  }

  @Test
  @Tag("TH-3")
  @Tag("TH-4")
  void what_is_linked_to_a_merged_customer_a_moment_too_late_stands_in_the_others_history() {
    Conversation zoe = stranger("zoe@new.example");
    Message late = street.lastMessage(zoe);
    twoAnas();
    desk.merge(ANA, OLD_ANA);
    desk.merge(BEN, ANA);

    street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .messages(List.of(late.withState(late.state().withCustomer(OLD_ANA))))
                .audit(change(zoe, zoe).audit())
                .build());

    assertThat(history(BEN)).extracting(Message::id).contains(late.id());
  }

  @Test
  @Tag("TH-3")
  void a_message_makes_one_customer_however_often_the_button_is_pressed() {
    MessageId mail = street.lastMessage(stranger("zoe@new.example")).id();

    List<Outcome<Customer>> outcomes = Race.run(8, () -> desk.create(mail, "Zoe"));

    assertThat(find("zoe@new.example")).hasSize(1);
    assertThat(outcomes).anyMatch(Outcome::isDone);
    assertThat(desk.create(mail, "Zoe")).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("TH-3")
  void a_customer_whose_link_was_lost_is_linked_by_the_next_try_and_not_made_again() {
    Conversation bike = stranger("zoe@new.example");
    MessageId mail = street.lastMessage(bike).id();
    desk.create(mail, "Zoe");
    desk.unlink(List.of(bike.id()));

    Customer again = desk.create(mail, "Zoe").findValue().orElseThrow();

    assertThat(find("zoe@new.example")).containsExactly(again);
    assertThat(street.onlyConversation().state().customer()).isEqualTo(again.id());
  }

  @Test
  @Tag("TH-6")
  void a_merge_is_refused_where_one_inbox_forbids_it_and_that_is_recorded() {
    twoAnas();
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.MERGE_CUSTOMERS, Shop.workshop().id(), "Ask Dirk");

    Outcome<CustomerMerge> outcome = desk.merge(ANA, OLD_ANA);

    assertThat(outcome).isEqualTo(new Outcome.Refused<CustomerMerge>("Ask Dirk"));
    assertThat(history(OLD_ANA)).hasSize(3);
    assertThat(street.storage.audit().newest(1).get(0).fact())
        .isEqualTo(new AuditFact.ActionRefused("merge-customers", "Ask Dirk"));
  }

  /** Three conversations with the one, one of them deleted, and one with the other. */
  private List<Conversation> twoAnas() {
    street.customers.with(
        "ana-before-marriage", "Ana Costa", EmailAddress.of("ana@before.example"));
    street.arrives(mailFrom("ana@before.example", "1@before.example", "One"));
    street.arrives(mailFrom("ana@before.example", "2@before.example", "Two"));
    street.arrives(mailFrom("ana@before.example", "3@before.example", "Three"));
    street.arrives(fromAna("1@customer.example", "Four"));
    street.sync();
    List<Conversation> old = street.list(ConversationFilter.all().with(OLD_ANA));
    street.clara.delete(List.of(old.get(2).id()));
    return old;
  }

  private Conversation stranger(String sender) {
    street.arrives(mailFrom(sender, "1@new.example", "Hello"));
    street.sync();
    return street.onlyConversation();
  }

  private void arrivesSms(String number, String id) {
    street.arrives(
        """
        From: SMS <sms@gateway.example>
        To: repairs@shop.example
        Subject: SMS from %s
        Message-ID: <%s@gateway.example>

        Is my bike ready?
        """
            .formatted(number, id));
  }

  private static String reply(String id, String to) {
    return fromAna(id, "And this").replace("Subject:", "In-Reply-To: <" + to + ">\nSubject:");
  }

  private void killedAt(int step, Consumer<CustomerDesk> act) {
    CrashingStorage storage = new CrashingStorage(street.storage, step % 4 + 1, step % 2 == 0);
    try (Engage node = street.engageOn(storage, street.mail)) {
      act.accept(node.deskOf(Shop.CLARA).customers());
    } catch (CrashingStorage.Killed killed) {
      assertThat(storage.hasDied()).isTrue();
    }
  }

  private int moved(Class<? extends AuditFact> fact) {
    return street.storage.audit().chainAfter(0, 100_000).stream()
        .map(link -> link.entry().fact())
        .filter(fact::isInstance)
        .mapToInt(
            each ->
                each instanceof AuditFact.CustomersMerged merged
                    ? merged.messages()
                    : ((AuditFact.MergeUndone) each).messages())
        .sum();
  }

  private List<Message> history(CustomerId customer) {
    return desk.history(customer, Page.Request.first(1000)).items();
  }

  private List<String> facts(Conversation conversation) {
    return street.clara.auditTrail(conversation.id()).stream()
        .map(AuditEntry::fact)
        .map(AuditFact::code)
        .toList();
  }

  private InboxChange change(Conversation changed, Conversation about) {
    return InboxChange.builder()
        .conversations(List.of(changed))
        .audit(
            List.of(
                new AuditEntry(
                    AuditEntryId.of("a-side"),
                    Shop.MORNING,
                    Actor.agent(Shop.CLARA),
                    AuditSubject.of(about.inbox(), about.id()),
                    new AuditFact.HandedBack())))
        .build();
  }

  private static CustomerId id(String value) {
    return CustomerId.of(value);
  }
}
