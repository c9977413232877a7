package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Service;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.InboxStore;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link InboxStore} must do: all or nothing, and nobody's work overwritten. Extend it
 * and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-8")
public abstract class InboxStoreContract {
  private static final FolderCursor AT_FIVE =
      FolderCursor.start(Sample.SHOP_FOLDER, Sample.UID_VALIDITY).at(5);

  /** Far more than others could be faster. */
  private static final int MOST_ATTEMPTS = 10_000;

  private Shop shop;
  private InboxStore store;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    store = shop.storage().inboxes();
  }

  @Test
  void inboxes_are_found_by_their_ids_each_once_and_unknown_ones_are_left_out() {
    Inbox sales = Sample.sales();
    shop.keep(sales);

    assertThat(store.inboxes(List.of(sales.id(), InboxId.of("nowhere"), sales.id())))
        .containsExactly(sales.withVersion(1));
    assertThat(store.inboxes(List.of())).isEmpty();
  }

  @Test
  @Tag("DI-1")
  void the_inboxes_of_agents_are_those_of_which_they_are_members_now() {
    AgentId ben = AgentId.of("ben \"b\"\\ 😀");
    AgentId clara = Sample.clara().id();
    List.of(having("sales", ben, clara), having("repairs", clara), having("old", ben, clara))
        .forEach(shop::keep);
    shop.keep(having("alone"));

    shop.keep(having("repairs", ben).withVersion(1));
    shop.commit(shop.change().dropInbox(InboxId.of("old"), InboxId.of("sales")));

    assertThat(ids(store.inboxesOf(List.of(ben, ben)))).containsExactly("repairs", "sales");
    assertThat(ids(store.inboxesOf(List.of(clara, ben)))).containsExactly("repairs", "sales");
    assertThat(ids(store.inboxesOf(List.of(clara)))).containsExactly("sales");
    assertThat(store.inboxesOf(List.of(AgentId.of("Ben"), AgentId.of("nobody")))).isEmpty();
    assertThat(store.inboxesOf(List.of())).isEmpty();
  }

  private static Inbox having(String id, AgentId... members) {
    List<Member> all = Stream.of(members).map(each -> new Member(each, 0)).toList();
    return Inbox.of(id, "Workshop", id + "@shop.example", Sample.SHOP)
        .withSettings(InboxSettings.usual().change().members(all).build());
  }

  private static List<String> ids(List<Inbox> inboxes) {
    return inboxes.stream().map(each -> each.id().value()).sorted().toList();
  }

  @Test
  void an_inbox_is_found_as_it_was_stored_with_the_next_version() {
    Inbox workshop =
        new Inbox(
            InboxId.of("workshop"),
            "Werkstatt “Zürich”",
            NamedAddress.of("Werkstatt", "workshop@shop.example"),
            Set.of(EmailAddress.of("old@shop.example"), EmailAddress.of("older@shop.example")),
            Sample.SHOP,
            InboxSettings.usual(),
            0);

    shop.keep(workshop);

    assertThat(store.inboxes()).containsExactly(workshop.withVersion(1));
  }

  @Test
  void a_conversation_is_found_as_it_was_stored_with_the_next_version() {
    Conversation conversation =
        SampleConversation.of("watch-strap")
            .about("Reloj “roto” 😀")
            .with(Sample.ana().addresses().get(0), Sample.ana().addresses().get(1))
            .holding(3, 2)
            .assignedTo(Sample.clara())
            .linkedTo(Sample.ana())
            .completed()
            .make();

    shop.keep(conversation);

    assertThat(shop.conversation("watch-strap")).isEqualTo(conversation.withVersion(1));
  }

  @Test
  @Tag("DI-1")
  void how_far_a_conversation_has_come_is_found_as_it_was_stored() {
    Service all =
        new Service(
            Sample.MONDAY,
            Sample.MONDAY.plusSeconds(1),
            new Offer(
                AgentId.of("Zoë"), Sample.MONDAY.plusSeconds(2), Sample.MONDAY.plusSeconds(3)),
            Sample.MONDAY.plusSeconds(4),
            Sample.MONDAY.plusSeconds(5),
            List.of(
                new Service.Declined(AgentId.of("dario"), Sample.MONDAY.plusSeconds(6)),
                new Service.Declined(AgentId.of("a\"b, {c}"), Sample.MONDAY)),
            List.of(AgentId.of("zoe"), AgentId.of("a\"b, {c}"), AgentId.of("clara")));
    List<Service> services = List.of(all, all.again(null, Sample.MONDAY), all.over(), Service.NONE);

    for (int i = 0; i < services.size(); i++) {
      shop.keep(SampleConversation.of("c" + i).serving(services.get(i)).make());
    }

    for (int i = 0; i < services.size(); i++) {
      assertThat(shop.conversation("c" + i).state().service()).isEqualTo(services.get(i));
    }
  }

  @Test
  @Tag("DI-2")
  void the_strategy_of_an_inbox_is_found_as_it_was_stored() {
    for (Eligibility eligibility : Eligibility.values()) {
      for (Distribution distribution : Distribution.values()) {
        Strategy strategy =
            Strategy.of(eligibility, distribution)
                .withPatience(Duration.ofMillis(12_500))
                .withAway(Strategy.Away.WAITS, Duration.ZERO);

        Inbox stored = strategic(eligibility.code() + "-" + distribution.code(), strategy);
        shop.keep(stored);

        assertThat(store.inboxes()).contains(stored.withVersion(1));
      }
    }
  }

  private static Inbox strategic(String id, Strategy strategy) {
    return Inbox.of(id, "Workshop", id + "@shop.example", Sample.SHOP)
        .withSettings(InboxSettings.usual().change().strategy(strategy).build());
  }

  @Test
  void a_message_is_found_as_it_was_stored_with_the_next_version() {
    Message mail =
        SampleMail.of("m1")
            .withPhoto("watch.jpg")
            .withPhoto("strap.jpg")
            .onServer(4_294_967_295L)
            .linkedTo(Sample.ana())
            .make();

    shop.keep(mail);

    assertThat(shop.message("m1")).isEqualTo(mail.withVersion(1));
  }

  @Test
  void a_change_replaces_what_was_stored_before() {
    shop.keep(Sample.conversation("watch-strap"));
    shop.keep(Sample.mail("m1", "watch-strap"));
    shop.keep(Sample.workshop());
    Conversation conversation = shop.conversation("watch-strap").withCounts(7, 0);
    Message read = shop.message("m1");
    read = read.withState(read.state().withRead(true));
    Inbox renamed =
        new Inbox(
            InboxId.of("workshop"),
            "Repairs",
            Sample.workshop().sender(),
            Set.of(),
            Sample.SHOP,
            InboxSettings.usual(),
            1);

    shop.commit(
        shop.change().inbox(renamed).conversations(List.of(conversation)).messages(List.of(read)));

    assertThat(shop.conversation("watch-strap")).isEqualTo(conversation.withVersion(2));
    assertThat(shop.message("m1")).isEqualTo(read.withVersion(2));
    assertThat(store.inboxes()).containsExactly(renamed.withVersion(2));
  }

  @Test
  void every_part_of_a_change_shows_through_every_side_of_the_storage() {
    AuditEntry entry =
        shop.entry(AuditSubject.of(Sample.workshop().id(), ConversationId.of("watch-strap")));

    store.commit(everything().audit(List.of(entry)).cursor(new CursorMove(null, AT_FIVE)).build());

    assertThat(store.inboxes()).hasSize(1);
    assertThat(shop.conversation("watch-strap").version()).isEqualTo(1);
    assertThat(shop.message("m1").version()).isEqualTo(1);
    assertThat(shop.storage().ledger().entries(List.of(Sample.uid(5))))
        .containsExactly(Sample.imported(5, "m1"));
    assertThat(shop.storage().ledger().cursor(Sample.SHOP_FOLDER)).contains(AT_FIVE);
    assertThat(shop.storage().outbox().unsettled(10))
        .containsExactly(Sample.markSeen("seen-1", Sample.MONDAY));
    assertThat(shop.storage().audit().ofConversation(ConversationId.of("watch-strap")))
        .containsExactly(entry);
    assertThat(shop.storage().events().undelivered(10)).containsExactly(entry);
  }

  @Test
  @Tag("IN-14")
  void what_is_in_an_inbox_that_goes_is_in_its_heir() {
    shop.commit(shop.change().inbox(Sample.workshop()).inbox(Sample.sales()));
    shop.keep(Sample.conversation("repair"), SampleConversation.of("gone").holding(0, 0).make());
    shop.keep(SampleConversation.of("sale").in(Sample.sales()).make());
    Message deleted = Sample.mail("m1", "repair");
    shop.keep(deleted.withState(deleted.state().removed(Removal.BY_AGENT)));

    shop.commit(shop.change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

    assertThat(store.inboxes()).containsExactly(Sample.sales().withVersion(1));
    assertThat(shop.conversation("repair"))
        .isEqualTo(Sample.conversation("repair").in(Sample.sales().id()).withVersion(2));
    assertThat(shop.conversation("gone").inbox()).isEqualTo(Sample.sales().id());
    assertThat(shop.conversation("sale").version()).isEqualTo(1);
    assertThat(shop.message("m1").inbox()).isEqualTo(Sample.sales().id());
    assertThat(shop.message("m1").version()).isEqualTo(2);
  }

  @Test
  @Tag("IN-14")
  void a_draft_for_an_inbox_that_goes_is_one_for_its_heir() {
    shop.commit(shop.change().inbox(Sample.workshop()).inbox(Sample.sales()));
    Draft draft =
        new Draft(
            DraftId.of("begun"),
            Draft.Kind.NEW,
            Sample.workshop().id(),
            null,
            null,
            null,
            Sample.clara().id(),
            Draft.Seen.NOTHING,
            Composition.empty(),
            Sample.MONDAY,
            0);
    shop.storage().drafts().save(draft);

    shop.commit(shop.change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

    assertThat(shop.storage().drafts().find(DraftId.of("begun")))
        .contains(draft.in(Sample.sales().id()).withVersion(2));
  }

  @Test
  @Tag("IN-14")
  @Tag("IN-12")
  void what_an_inbox_that_goes_did_not_take_is_kept_for_review_by_its_heir() {
    shop.commit(shop.change().inbox(Sample.workshop()).inbox(Sample.sales()));
    shop.commit(shop.change().document(SampleDocuments.held()));

    shop.commit(shop.change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

    HeldMail inherited = SampleDocuments.held().in(Sample.sales().id()).withVersion(2);
    assertThat(heldBy(Sample.workshop())).isEmpty();
    assertThat(heldBy(Sample.sales())).containsExactly(inherited);
    assertThat(shop.storage().documents().find(List.of(inherited.key())))
        .containsExactly(inherited);
  }

  private List<Document> heldBy(Inbox inbox) {
    return shop.storage()
        .documents()
        .ofOwner(DocumentKey.Kind.HELD_MAIL, inbox.id().value(), "", 10);
  }

  @Test
  @Tag("IN-14")
  @Tag("IN-12")
  void nothing_is_kept_for_review_in_an_inbox_that_went_in_between() {
    shop.commit(shop.change().inbox(Sample.workshop()).inbox(Sample.sales()));
    shop.commit(shop.change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

    assertNothingIsStoredOf(shop.change().document(SampleDocuments.held()));
  }

  @Test
  @Tag("IN-14")
  void nothing_is_stored_in_an_inbox_that_went_in_between() {
    shop.commit(shop.change().inbox(Sample.workshop()).inbox(Sample.sales()));
    shop.commit(shop.change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

    assertNothingIsStoredOf(shop.change().conversations(List.of(Sample.conversation("late"))));
  }

  @Test
  void nothing_is_stored_when_a_new_inbox_exists_already() {
    shop.keep(Sample.workshop());

    assertNothingIsStoredOf(shop.change().inbox(Sample.workshop()));
  }

  @Test
  void nothing_is_stored_when_an_inbox_was_changed_in_between() {
    shop.keep(Sample.workshop());
    shop.keep(Sample.workshop().withVersion(1));

    assertNothingIsStoredOf(shop.change().inbox(Sample.workshop().withVersion(1)));
  }

  @Test
  void nothing_is_stored_when_a_new_conversation_exists_already() {
    shop.keep(Sample.conversation("c1"));

    assertNothingIsStoredOf(shop.change().conversations(List.of(Sample.conversation("c1"))));
  }

  @Test
  void nothing_is_stored_when_a_conversation_was_changed_in_between() {
    shop.keep(Sample.conversation("c1"));
    Conversation read = shop.conversation("c1");
    shop.keep(read.withCounts(9, 0));

    assertNothingIsStoredOf(shop.change().conversations(List.of(read.withCounts(1, 0))));
    assertThat(shop.conversation("c1").messages()).isEqualTo(9);
  }

  @Test
  void nothing_is_stored_when_a_changed_conversation_does_not_exist() {
    assertNothingIsStoredOf(
        shop.change().conversations(List.of(Sample.conversation("c1").withVersion(3))));
  }

  @Test
  void nothing_is_stored_when_a_new_message_exists_already() {
    shop.keep(Sample.mail("other", "c1"));

    assertNothingIsStoredOf(shop.change().messages(List.of(Sample.mail("other", "c1"))));
  }

  @Test
  void nothing_is_stored_when_a_message_was_changed_in_between() {
    shop.keep(Sample.mail("other", "c1"));
    Message read = shop.message("other");
    shop.keep(read.withState(read.state().withRead(true)));

    assertNothingIsStoredOf(shop.change().messages(List.of(read)));
    assertThat(shop.message("other").state().read()).isTrue();
  }

  @Test
  void nothing_is_stored_when_the_folder_has_a_cursor_that_should_be_new() {
    shop.commit(shop.change().cursor(new CursorMove(null, AT_FIVE)));

    assertNothingIsStoredOf(shop.change().cursor(new CursorMove(null, AT_FIVE.at(9))));
    assertThat(shop.storage().ledger().cursor(Sample.SHOP_FOLDER)).contains(AT_FIVE);
  }

  @Test
  void nothing_is_stored_when_somebody_else_moved_the_cursor() {
    shop.commit(shop.change().cursor(new CursorMove(null, AT_FIVE)));
    shop.commit(shop.change().cursor(new CursorMove(AT_FIVE, AT_FIVE.at(9))));

    assertNothingIsStoredOf(shop.change().cursor(new CursorMove(AT_FIVE, AT_FIVE.at(8))));
    assertThat(shop.storage().ledger().cursor(Sample.SHOP_FOLDER)).contains(AT_FIVE.at(9));
  }

  @Test
  void nothing_is_stored_when_the_folder_was_renumbered_in_between() {
    FolderCursor renumbered = FolderCursor.start(Sample.SHOP_FOLDER, 8).at(5);
    shop.commit(shop.change().cursor(new CursorMove(null, renumbered)));

    assertNothingIsStoredOf(shop.change().cursor(new CursorMove(AT_FIVE, AT_FIVE.at(8))));
  }

  @Test
  void nothing_is_stored_when_a_claim_was_overtaken() {
    shop.keep(Sample.markSeen("task", Sample.MONDAY));
    OutboxClaim slow = claimAt(0);
    claimAt(3600);

    assertNothingIsStoredOf(
        shop.change().settlements(List.of(OutboxSettlement.done(slow))), "task");
  }

  @Test
  void nothing_is_stored_when_a_claim_was_settled_before() {
    shop.keep(Sample.markSeen("task", Sample.MONDAY));
    OutboxClaim claim = claimAt(0);
    shop.keep(OutboxSettlement.done(claim));

    assertNothingIsStoredOf(shop.change().settlements(List.of(OutboxSettlement.done(claim))));
  }

  @Test
  @Tag("WK-9")
  void what_is_withdrawn_is_owed_no_longer_and_can_be_claimed_by_nobody() {
    shop.keep(Sample.markSeen("kept", Sample.MONDAY), Sample.markSeen("gone", Sample.MONDAY));

    shop.commit(shop.change().withdraw(List.of(OutboxId.of("gone"))));

    assertThat(shop.storage().outbox().unsettled(10))
        .containsExactly(Sample.markSeen("kept", Sample.MONDAY));
    assertThat(shop.storage().outbox().unsettledOf(Sample.SHOP, null, 10)).hasSize(1);
    assertThat(claims(0)).extracting(each -> each.entry().id().value()).containsExactly("kept");
  }

  @Test
  @Tag("WK-9")
  void what_was_withdrawn_may_be_owed_anew_in_the_same_change() {
    shop.keep(Sample.markSeen("task", Sample.MONDAY));

    shop.commit(
        shop.change()
            .withdraw(List.of(OutboxId.of("task")))
            .outbox(List.of(Sample.markSeen("later", Sample.MONDAY.plusSeconds(60)))));

    assertThat(shop.storage().outbox().unsettled(10))
        .containsExactly(Sample.markSeen("later", Sample.MONDAY.plusSeconds(60)));
  }

  @Test
  @Tag("WK-9")
  void nothing_is_stored_when_what_is_withdrawn_was_claimed() {
    shop.keep(Sample.markSeen("task", Sample.MONDAY));
    claimAt(0);

    assertNothingIsStoredOf(shop.change().withdraw(List.of(OutboxId.of("task"))), "task");
  }

  @Test
  @Tag("WK-9")
  void nothing_is_stored_when_what_is_withdrawn_was_claimed_by_one_whose_lease_has_ended() {
    shop.keep(Sample.markSeen("task", Sample.MONDAY));
    OutboxClaim died = claimAt(0);
    shop.storage().outbox().markAttempting(List.of(died));
    shop.storage().outbox().claim(0, Sample.MONDAY.plusSeconds(600), Sample.MONDAY);

    assertNothingIsStoredOf(shop.change().withdraw(List.of(OutboxId.of("task"))), "task");
  }

  @Test
  @Tag("WK-9")
  void nothing_is_stored_when_what_is_withdrawn_is_not_there_or_withdrawn_twice() {
    shop.keep(Sample.markSeen("task", Sample.MONDAY));
    OutboxId task = OutboxId.of("task");

    assertNothingIsStoredOf(shop.change().withdraw(List.of(OutboxId.of("unknown"))), "task");
    assertNothingIsStoredOf(shop.change().withdraw(List.of(task, task)), "task");
  }

  @RepeatedTest(3)
  @Tag("WK-9")
  void what_is_claimed_and_withdrawn_at_once_is_one_of_both() {
    IntStream.range(0, 100).forEach(i -> shop.keep(Sample.markSeen("t" + i, Sample.MONDAY)));
    AtomicInteger turn = new AtomicInteger();

    List<String> ends =
        Race.run(8, () -> turn.getAndIncrement() % 2 == 0 ? claimAll() : withdrawAll()).stream()
            .flatMap(List::stream)
            .toList();

    assertThat(ends).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void the_same_change_is_never_stored_twice() {
    InboxChange change = everything().audit(List.of(shop.entry(AuditSubject.NONE))).build();
    store.commit(change);

    assertThatThrownBy(() -> store.commit(change)).isInstanceOf(StaleVersion.class);
    assertThat(shop.storage().audit().newest(10)).hasSize(1);
    assertThat(shop.storage().outbox().unsettled(10)).hasSize(1);
  }

  @RepeatedTest(5)
  void of_two_who_change_the_same_conversation_neither_overwrites_the_other() {
    shop.keep(SampleConversation.of("c1").holding(0, 0).make());

    Race.run(
        8,
        () -> {
          for (int i = 0; i < 25; i++) {
            addOneMessage();
          }
          return true;
        });

    assertThat(shop.conversation("c1").messages()).isEqualTo(200);
    assertThat(shop.conversation("c1").version()).isEqualTo(201);
  }

  @RepeatedTest(5)
  void of_two_who_read_one_folder_each_mail_is_imported_by_one() {
    shop.commit(shop.change().cursor(new CursorMove(null, AT_FIVE.at(0))));

    List<Long> imported = Race.drain(8, 200, this::importNext);

    assertThat(imported).hasSize(200).doesNotHaveDuplicates();
    assertThat(
            shop.storage().ledger().entriesAfter(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, 0, 1000))
        .hasSize(200);
    assertThat(shop.storage().audit().newest(1000)).hasSize(201);
  }

  @Test
  void inboxes_come_in_order_of_their_ids() {
    shop.keep(Sample.workshop());
    shop.keep(Sample.sales());
    shop.keep(Inbox.of("repairs", "Repairs", "repairs@shop.example", Sample.SHOP));

    assertThat(store.inboxes())
        .extracting(inbox -> inbox.id().value())
        .containsExactly("repairs", "sales", "workshop");
  }

  @Test
  void an_empty_storage_has_nothing() {
    assertThat(store.inboxes()).isEmpty();
    assertThat(store.conversations(List.of(ConversationId.of("c1")))).isEmpty();
    assertThat(store.messages(List.of(MessageId.of("m1")))).isEmpty();
    assertThat(store.withSource(List.of(Sample.blob("any").digest()))).isEmpty();
    assertThat(store.withMessageId(List.of(RfcMessageId.of("any@example.com")))).isEmpty();
    assertThat(Shop.all(10, page -> store.messagesOf(ConversationId.of("c1"), page))).isEmpty();
  }

  @Test
  void nothing_is_found_when_nothing_is_asked_for() {
    shop.commit(everything().audit(List.of(shop.entry(AuditSubject.NONE))));

    assertThat(store.conversations(List.of())).isEmpty();
    assertThat(store.messages(List.of())).isEmpty();
    assertThat(store.withSource(List.of())).isEmpty();
    assertThat(store.withMessageId(List.of())).isEmpty();
  }

  @Test
  void of_many_ids_those_that_exist_are_found_once() {
    List<Conversation> conversations =
        IntStream.range(0, 2500).mapToObj(i -> Sample.conversation("c" + i)).toList();
    List<Message> messages =
        IntStream.range(0, 2500).mapToObj(i -> Sample.mail("m" + i, "c" + i)).toList();
    shop.commit(shop.change().conversations(conversations).messages(messages));

    assertThat(store.conversations(twice(i -> ConversationId.of("c" + i))))
        .hasSize(2500)
        .doesNotHaveDuplicates();
    assertThat(store.messages(twice(i -> MessageId.of("m" + i))))
        .hasSize(2500)
        .doesNotHaveDuplicates();
    assertThat(store.withMessageId(twice(i -> RfcMessageId.of("m" + i + "@example.com"))))
        .hasSize(2500)
        .doesNotHaveDuplicates();
    assertThat(store.withSource(twice(i -> Sample.blob("bytes of m" + i).digest())))
        .hasSize(2500)
        .doesNotHaveDuplicates();
  }

  @Test
  void deleted_messages_are_found_by_id_source_and_message_id() {
    Message deleted = SampleMail.of("m1").deleted().make();

    shop.keep(deleted);

    assertThat(shop.message("m1")).isEqualTo(deleted.withVersion(1));
    assertThat(store.withSource(List.of(deleted.source().digest()))).hasSize(1);
    assertThat(store.withMessageId(List.of(RfcMessageId.of("m1@example.com")))).hasSize(1);
  }

  @Test
  void the_messages_of_a_conversation_come_oldest_first_without_deleted_ones() {
    shop.keep(
        SampleMail.of("b").in("c1").at(Sample.MONDAY).make(),
        SampleMail.of("a").in("c1").at(Sample.MONDAY).make(),
        SampleMail.of("first").in("c1").at(Sample.MONDAY.minusSeconds(1)).make(),
        SampleMail.of("last").in("c1").at(Sample.MONDAY.plusSeconds(1)).make(),
        SampleMail.of("gone").in("c1").deleted().make(),
        SampleMail.of("elsewhere").in("c2").make());

    assertThat(idsOf("c1", 2)).containsExactly("first", "a", "b", "last");
  }

  @Test
  void a_message_that_is_deleted_later_leaves_its_conversation() {
    shop.keep(Sample.mail("m1", "c1"), Sample.mail("m2", "c1"));
    Message message = shop.message("m1");

    shop.keep(message.withState(message.state().removed(Removal.BY_AGENT)));

    assertThat(idsOf("c1", 10)).containsExactly("m2");
  }

  @Test
  void pages_of_a_conversation_end_exactly_where_it_ends() {
    shop.keep(Sample.mail("m1", "c1"), Sample.mail("m2", "c1"), Sample.mail("m3", "c1"));

    assertThat(Shop.pages(2, page -> store.messagesOf(ConversationId.of("c1"), page)))
        .extracting(List::size)
        .containsExactly(2, 1);
    assertThat(Shop.pages(3, page -> store.messagesOf(ConversationId.of("c1"), page)))
        .extracting(List::size)
        .containsExactly(3);
  }

  @Test
  void all_messages_made_of_the_same_bytes_are_found() {
    shop.keep(
        SampleMail.of("m1").madeOf("same").make(),
        SampleMail.of("m2").madeOf("same").to(Sample.sales()).make(),
        SampleMail.of("m3").madeOf("other").make());

    assertThat(store.withSource(List.of(Sample.blob("same").digest())))
        .extracting(message -> message.id().value())
        .containsExactlyInAnyOrder("m1", "m2");
  }

  @Test
  void of_a_message_id_that_many_repeat_the_oldest_twenty_are_found_at_least() {
    List<Message> mails = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      mails.add(
          SampleMail.of("m" + i)
              .withMessageId("same@example.com")
              .at(Sample.MONDAY.minusSeconds(i))
              .make());
    }
    shop.commit(shop.change().messages(mails));

    List<Message> found = store.withMessageId(List.of(RfcMessageId.of("same@example.com")));

    assertThat(found)
        .extracting(message -> message.id().value())
        .doesNotHaveDuplicates()
        .contains(IntStream.range(10, 30).mapToObj(i -> "m" + i).toArray(String[]::new));
  }

  @Test
  void message_ids_are_compared_without_regard_to_case() {
    shop.keep(SampleMail.of("m1").withMessageId("AbC@Example.com").make());

    assertThat(store.withMessageId(List.of(RfcMessageId.of("aBc@EXAMPLE.com")))).hasSize(1);
  }

  @Test
  void a_message_without_message_id_is_stored_and_found_by_its_bytes() {
    shop.keep(SampleMail.of("m1").withMessageId(null).madeOf("bare").make());

    assertThat(store.withSource(List.of(Sample.blob("bare").digest()))).hasSize(1);
  }

  private InboxChange.Builder everything() {
    return InboxChange.builder()
        .inbox(Sample.workshop())
        .conversations(List.of(Sample.conversation("watch-strap")))
        .messages(List.of(Sample.mail("m1", "watch-strap")))
        .ledger(List.of(Sample.imported(5, "m1")))
        .outbox(List.of(Sample.markSeen("seen-1", Sample.MONDAY)));
  }

  private void assertNothingIsStoredOf(InboxChange.Builder refused, String... unsettled) {
    InboxChange change =
        refused
            .inbox(Inbox.of("innocent", "Innocent", "innocent@shop.example", Sample.SHOP))
            .conversations(List.of(Sample.conversation("innocent")))
            .messages(List.of(Sample.mail("innocent", "innocent")))
            .ledger(List.of(Sample.imported(77, "innocent")))
            .outbox(List.of(Sample.markSeen("innocent", Sample.MONDAY)))
            .document(SampleDocuments.note("innocent", "innocent"))
            .build();
    List<AuditEntry> before = shop.storage().audit().newest(100);

    assertThatThrownBy(() -> store.commit(change)).isInstanceOf(StaleVersion.class);

    assertThat(store.inboxes()).noneMatch(inbox -> inbox.id().value().equals("innocent"));
    assertThat(store.conversations(List.of(ConversationId.of("innocent")))).isEmpty();
    assertThat(store.messages(List.of(MessageId.of("innocent")))).isEmpty();
    assertThat(shop.storage().ledger().entries(List.of(Sample.uid(77)))).isEmpty();
    assertThat(shop.storage().documents().ofOwner(DocumentKey.Kind.NOTE, "innocent", "", 1))
        .isEmpty();
    assertThat(shop.storage().outbox().unsettled(10))
        .extracting(entry -> entry.id().value())
        .containsExactly(unsettled);
    assertThat(shop.storage().audit().newest(100)).isEqualTo(before);
    assertThat(shop.storage().events().undelivered(100)).hasSameSizeAs(before);
  }

  private List<String> claimAll() {
    return Race.drain(1, 100, () -> claims(0)).stream()
        .map(each -> each.entry().id().value())
        .toList();
  }

  private List<String> withdrawAll() {
    List<String> withdrawn = new ArrayList<>();
    for (int i = 99; i >= 0; i--) {
      try {
        shop.commit(shop.change().withdraw(List.of(OutboxId.of("t" + i))));
        withdrawn.add("t" + i);
      } catch (StaleVersion somebodyWasFaster) {
        Thread.onSpinWait();
      }
    }
    return withdrawn;
  }

  private OutboxClaim claimAt(long second) {
    return claims(second).get(0);
  }

  private List<OutboxClaim> claims(long second) {
    return shop.storage()
        .outbox()
        .claim(1, Sample.MONDAY.plusSeconds(second), Sample.MONDAY.plusSeconds(second + 60));
  }

  private void addOneMessage() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Conversation current = shop.conversation("c1");
      Thread.yield();
      try {
        shop.keep(current.withCounts(current.messages() + 1, 0));
        return;
      } catch (StaleVersion somebodyWasFaster) {
        continue;
      }
    }
    throw new AssertionError("A change was refused again and again although nobody else came");
  }

  /** Tries until this reader or another one has imported everything. */
  private List<Long> importNext() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<FolderCursor> cursor = shop.storage().ledger().cursor(Sample.SHOP_FOLDER);
      long next = cursor.orElseThrow().lastUid() + 1;
      if (next > 200) {
        return List.of();
      }
      Thread.yield();
      try {
        shop.commit(
            shop.change()
                .ledger(List.of(Sample.imported(next, "m" + next)))
                .cursor(new CursorMove(cursor.get(), cursor.get().at(next))));
        return List.of(next);
      } catch (StaleVersion somebodyWasFaster) {
        continue;
      }
    }
    throw new AssertionError("A cursor was refused again and again although nobody else came");
  }

  private List<String> idsOf(String conversation, int limit) {
    return Shop.all(limit, page -> store.messagesOf(ConversationId.of(conversation), page)).stream()
        .map(message -> message.id().value())
        .toList();
  }

  /** 0 to 2499, each twice, and 100 more that do not exist. */
  private static <T> List<T> twice(java.util.function.IntFunction<T> id) {
    return IntStream.range(0, 5100).mapToObj(i -> id.apply(i < 5000 ? i % 2500 : i)).toList();
  }
}
