package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.writing.Note;
import io.engage.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transfer, tags, priorities and notes, through the desk. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("WK-1")
class SortingWorkTest {
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final InboxId SHOP = Shop.shop().id();

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void a_transferred_conversation_stands_in_the_other_inbox_with_all_its_messages() {
    Conversation bike = anaWrites();

    Outcome<Conversation> outcome = street.clara.transfer(List.of(bike.id()), SHOP).get(bike.id());

    assertThat(outcome.findValue().map(Conversation::inbox)).contains(SHOP);
    assertThat(street.list(ConversationFilter.open().in(WORKSHOP))).isEmpty();
    assertThat(street.list(ConversationFilter.open().in(SHOP))).hasSize(1);
    assertThat(street.messages(bike)).extracting(Message::inbox).containsOnly(SHOP);
    assertThat(lastFact(bike)).isEqualTo(new AuditFact.Transferred(WORKSHOP, SHOP));
  }

  @Test
  @Tag("TH-4")
  void deleted_messages_go_along_and_stand_in_the_history_where_the_conversation_is() {
    Conversation bike = anaWrites();
    street.arrives(
        fromAna("2@customer.example", "Hello?")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    street.sync();
    street.clara.deleteMessages(List.of(street.lastMessage(bike).id()));

    street.clara.transfer(List.of(bike.id()), SHOP);
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.READ, WORKSHOP, "Not yours");

    assertThat(street.clara.history(CustomerId.of("ana"), Page.Request.first(9)).items())
        .hasSize(2);
  }

  @Test
  @Tag("G-10")
  void a_transfer_changes_nothing_on_the_server_and_imports_nothing_anew() {
    Conversation bike = anaWrites();
    street.clara.transfer(List.of(bike.id()), SHOP);
    street.engage.outbox().workOff();

    street.mail.renumber(Shop.ACCOUNT, "INBOX");

    assertThat(street.sync().imported()).isZero();
    assertThat(street.mailsOnServer()).isEqualTo(1);
    assertThat(street.onlyConversation().messages()).isEqualTo(1);
  }

  @Test
  @Tag("TH-1")
  void what_the_customer_answers_after_a_transfer_comes_to_where_the_conversation_is() {
    Conversation bike = anaWrites();
    Message answer =
        street.clara.reply(bike.id(), Reply.of("On Friday.")).findValue().orElseThrow();
    street.engage.outbox().workOff();
    street.clara.transfer(List.of(bike.id()), SHOP);

    street.arrives(
        fromAna("2@customer.example", "Thanks!")
            .replace("Subject:", "In-Reply-To: <" + answer.headers().messageId() + ">\nSubject:"));
    street.arrives(
        fromAna("3@customer.example", "And the bell?")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    street.sync();

    assertThat(street.onlyConversation().inbox()).isEqualTo(SHOP);
    assertThat(street.onlyConversation().messages()).isEqualTo(4);
  }

  @Test
  @Tag("TH-6")
  void a_transfer_has_to_be_permitted_in_both_inboxes_and_a_refusal_is_recorded() {
    Conversation bike = anaWrites();
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.TRANSFER, SHOP, "Not to the shop");

    Outcome<Conversation> outcome = street.clara.transfer(List.of(bike.id()), SHOP).get(bike.id());

    assertThat(outcome).isEqualTo(new Outcome.Refused<Conversation>("Not to the shop"));
    assertThat(street.onlyConversation().inbox()).isEqualTo(WORKSHOP);
    assertThat(lastFact(bike))
        .isEqualTo(new AuditFact.ActionRefused("transfer", "Not to the shop"));
  }

  @Test
  void a_transfer_to_an_inbox_that_does_not_exist_is_refused() {
    Conversation bike = anaWrites();

    Outcome<Conversation> outcome =
        street.clara.transfer(List.of(bike.id()), InboxId.of("attic")).get(bike.id());

    assertThat(outcome).isEqualTo(new Outcome.Refused<Conversation>("There is no inbox 'attic'."));
  }

  @Test
  @Tag("TH-6")
  void an_assignee_who_may_not_read_there_does_not_keep_what_is_transferred() {
    Conversation bike = anaWrites();
    street.clara.assign(List.of(bike.id()), Shop.DIRK);
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.READ, SHOP, "Not yours");

    street.clara.transfer(List.of(bike.id()), SHOP);

    assertThat(street.onlyConversation().findAssignee()).isEmpty();
    assertThat(lastFact(bike)).isEqualTo(new AuditFact.HandedBack());
  }

  @Test
  @Tag("TH-6")
  void nothing_is_assigned_to_somebody_who_may_not_read_it() {
    Conversation bike = anaWrites();
    street.permissions.refuse(Shop.DIRK.id(), AgentAction.READ, WORKSHOP, "Not yours");

    Outcome<Conversation> outcome =
        street.clara.assign(List.of(bike.id()), Shop.DIRK).get(bike.id());

    assertThat(outcome)
        .isEqualTo(new Outcome.Refused<Conversation>("Dirk Jensen may not read in this inbox."));
    assertThat(street.onlyConversation().findAssignee()).isEmpty();
  }

  @Test
  @Tag("WK-11")
  void tags_and_priorities_of_many_are_told_for_each_and_order_the_list() {
    anaWrites();
    street.arrives(mailFrom("Ben <ben@customer.example>", "b@customer.example", "Hello"));
    street.sync();
    ConversationId ben = street.open().get(0).id();
    ConversationId ana = street.open().get(1).id();
    street.clara.tag(List.of(ana), "VIP");

    Map<ConversationId, Outcome<Conversation>> tagged =
        street.clara.tag(List.of(ana, ben, ConversationId.of("none")), "vip");
    street.clara.prioritize(List.of(ana), 1);
    street.clara.untag(List.of(ben), "Vip");

    assertThat(tagged.values())
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("AlreadySo", "Done", "Unknown");
    assertThat(street.list(ConversationFilter.open().sorted(Order.URGENT_FIRST)))
        .extracting(Conversation::id)
        .containsExactly(ana, ben);
    assertThat(found("tag:VIP")).containsExactly(ana);
  }

  @Test
  void notes_stand_in_their_order_page_by_page_and_customers_never_see_them() {
    Conversation bike = anaWrites();
    for (String text : List.of("Call back", "Called", "She comes on Friday")) {
      street.clock.advance(Duration.ofSeconds(1));
      street.clara.note(List.of(bike.id()), text);
    }

    Page<Note> first = notes(bike, Page.Request.first(2));
    Page<Note> second = notes(bike, Page.Request.first(2).after(first.findNext().orElseThrow()));

    assertThat(first.items()).extracting(Note::text).containsExactly("Call back", "Called");
    assertThat(second.items()).extracting(Note::text).containsExactly("She comes on Friday");
    assertThat(second.findNext()).isEmpty();
    assertThat(street.messages(bike)).hasSize(1);
  }

  @Test
  void a_note_is_removed_once_and_the_trail_names_it() {
    Conversation bike = anaWrites();
    street.clara.note(List.of(bike.id()), "Call back");
    Note note = notes(bike, Page.Request.first(9)).items().get(0);
    AgentDesk dirk = street.engage.deskOf(Shop.DIRK);

    Outcome<Note> removed = dirk.removeNote(note.id());
    Outcome<Note> again = dirk.removeNote(note.id());

    assertThat(removed.findValue()).contains(note);
    assertThat(again).isInstanceOf(Outcome.Unknown.class);
    assertThat(notes(bike, Page.Request.first(9)).items()).isEmpty();
    assertThat(lastFact(bike)).isEqualTo(new AuditFact.NoteRemoved(note.id()));
  }

  @Test
  void of_many_who_remove_a_note_one_is_told_that_it_is_done() {
    Conversation bike = anaWrites();
    street.clara.note(List.of(bike.id()), "Call back");
    Note note = notes(bike, Page.Request.first(9)).items().get(0);

    List<Outcome<Note>> outcomes = Race.run(8, () -> street.clara.removeNote(note.id()));

    assertThat(outcomes.stream().filter(Outcome::isDone)).hasSize(1);
  }

  @Test
  void notes_written_at_the_same_moment_are_all_kept() {
    Conversation bike = anaWrites();
    AtomicInteger number = new AtomicInteger();

    Race.run(8, () -> street.clara.note(List.of(bike.id()), "Note " + number.incrementAndGet()));

    assertThat(notes(bike, Page.Request.first(100)).items()).hasSize(8);
  }

  @Test
  @Tag("TH-6")
  void who_may_not_write_notes_leaves_none() {
    Conversation bike = anaWrites();
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.NOTE, WORKSHOP, "Read only");

    street.clara.note(List.of(bike.id()), "Call back");

    assertThat(notes(bike, Page.Request.first(9)).items()).isEmpty();
    assertThat(lastFact(bike)).isEqualTo(new AuditFact.ActionRefused("note", "Read only"));
  }

  @Test
  @Tag("WK-2")
  void what_is_completed_leaves_the_list_with_date_and_time_until_the_customer_writes_again() {
    Conversation bike = anaWrites();
    street.clara.complete(List.of(bike.id()));
    Conversation completed = street.list(ConversationFilter.completed()).get(0);

    street.arrives(
        fromAna("2@customer.example", "One more thing")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    List<Conversation> before = street.open();
    street.sync();

    assertThat(completed.state().completedAt()).isEqualTo(Shop.MORNING.plusSeconds(2));
    assertThat(before).isEmpty();
    assertThat(street.onlyConversation().id()).isEqualTo(bike.id());
    assertThat(street.list(ConversationFilter.completed())).isEmpty();
  }

  private Conversation anaWrites() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    return street.onlyConversation();
  }

  private Page<Note> notes(Conversation conversation, Page.Request page) {
    return street.clara.notes(conversation.id(), page).findValue().orElseThrow();
  }

  private List<ConversationId> found(String typed) {
    return street
        .clara
        .list(typed, Page.Request.first(100))
        .findPage()
        .orElseThrow()
        .items()
        .stream()
        .map(Conversation::id)
        .toList();
  }

  private AuditFact lastFact(Conversation conversation) {
    List<AuditEntry> trail = street.clara.auditTrail(conversation.id());
    return trail.get(trail.size() - 1).fact();
  }
}
