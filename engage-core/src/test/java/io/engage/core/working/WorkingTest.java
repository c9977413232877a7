package io.engage.core.working;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.DIRK;
import static io.engage.core.Shop.MORNING;
import static io.engage.core.Shop.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.core.Shop;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Tags;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import io.engage.model.message.Message;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-1")
class WorkingTest {
  private static final Inbox WORKSHOP = Shop.workshop();
  private static final Inbox SHOP = Shop.shop();

  private final Working working = new Working();
  private final Conversation bike = Shop.conversation("bike", WORKSHOP, ANA).withCounts(2, 1);
  private final Message question = Shop.message("m1", bike, from(ANA).to(WORKSHOP).headers());
  private final Message answer = Shop.sent("m2", bike, from(WORKSHOP.sender()).to(ANA).headers());

  @Test
  void assigning_names_the_agent_and_a_repeat_changes_nothing() {
    Step.Changed assigned = changed(new Wish.Assign(CLARA), bike);

    assertThat(assigned.conversation().state().assignee()).isEqualTo(CLARA.id());
    assertThat(facts(assigned)).containsExactly(new AuditFact.Assigned(CLARA.id(), CLARA.name()));
    assertThat(decide(new Wish.Assign(CLARA), assigned.conversation()))
        .isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  void handing_back_leaves_nobody() {
    Conversation claras = changed(new Wish.Assign(CLARA), bike).conversation();

    Step.Changed back = changed(new Wish.HandBack(), claras);

    assertThat(back.conversation().findAssignee()).isEmpty();
    assertThat(decide(new Wish.HandBack(), bike)).isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  @Tag("WK-2")
  void completing_keeps_date_and_time_and_reopening_forgets_them() {
    Conversation completed = changed(new Wish.Complete(), bike).conversation();

    assertThat(completed.state().completedAt()).isEqualTo(MORNING);
    assertThat(changed(new Wish.Reopen(), completed).conversation().isCompleted()).isFalse();
    assertThat(decide(new Wish.Reopen(), bike)).isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  @Tag("TH-3")
  void linking_takes_all_messages_along_and_keeps_the_reason() {
    CustomerId ana = CustomerId.of("ana");

    Step.Changed linked = changed(new Wish.Link(ana, ana, "an agent chose"), bike);

    assertThat(linked.conversation().state().customer()).isEqualTo(ana);
    assertThat(linked.messages())
        .extracting(each -> each.state().customer())
        .containsExactly(ana, ana);
    assertThat(facts(linked))
        .containsExactly(new AuditFact.LinkedToCustomer(ana, "an agent chose"));
  }

  @Test
  @Tag("SY-5")
  void reading_marks_inbound_messages_here_and_on_the_server() {
    Step.Changed read = changed(new Wish.MarkRead(), bike);

    assertThat(read.conversation().unread()).isZero();
    assertThat(read.messages()).extracting(Message::id).containsExactly(question.id());
    assertThat(read.onServer().seen()).containsExactly(question.state().onServer());
    assertThat(read.onServer().unseen()).isEmpty();
  }

  @Test
  @Tag("SY-5")
  void deleting_takes_it_from_here_and_the_server_but_not_from_the_history() {
    Message linked = question.withState(question.state().withCustomer(CustomerId.of("ana")));

    Step.Changed deleted =
        (Step.Changed)
            working.decide(new Wish.Delete(), bike, List.of(linked, answer), Set.of(), MORNING);

    assertThat(deleted.conversation().isEmpty()).isTrue();
    assertThat(deleted.conversation().unread()).isZero();
    assertThat(deleted.messages()).allSatisfy(each -> assertThat(each.state().deleted()).isTrue());
    assertThat(deleted.messages().get(0).state().customer()).isEqualTo(CustomerId.of("ana"));
    assertThat(deleted.onServer().deleted()).containsOnlyKeys(question.state().onServer());
  }

  @Test
  @Tag("G-7")
  void a_mail_that_another_inbox_still_shows_stays_on_the_server() {
    Step.Changed deleted =
        (Step.Changed)
            working.decide(
                new Wish.Delete(),
                bike,
                List.of(question),
                Set.of(question.state().onServer()),
                MORNING);

    assertThat(deleted.onServer().deleted()).isEmpty();
  }

  @Test
  void whoever_may_not_read_in_an_inbox_gets_nothing_assigned_there() {
    Step step = decide(new Wish.Assign(CLARA, Set.of(WORKSHOP.id())), bike);

    assertThat(step).isEqualTo(new Step.Refused("Clara Rossi may not read in this inbox."));
  }

  @Test
  void a_transfer_takes_all_messages_along_and_leaves_mails_where_they_lie() {
    Step.Changed moved = changed(new Wish.Transfer(SHOP.id(), SHOP, Set.of()), bike);

    assertThat(moved.conversation().inbox()).isEqualTo(SHOP.id());
    assertThat(moved.messages())
        .extracting(Message::inbox, each -> each.state().onServer())
        .containsExactly(tuple(SHOP.id(), question.state().onServer()), tuple(SHOP.id(), null));
    assertThat(moved.onServer().deleted()).isEmpty();
    assertThat(facts(moved)).containsExactly(new AuditFact.Transferred(WORKSHOP.id(), SHOP.id()));
  }

  @Test
  void a_transfer_to_nowhere_to_an_inbox_that_is_off_or_to_where_it_is_changes_nothing() {
    Inbox off = SHOP.withSettings(SHOP.settings().change().enabled(false).build());

    assertThat(decide(new Wish.Transfer(SHOP.id()), bike))
        .isEqualTo(new Step.Refused("There is no inbox 'shop'."));
    assertThat(decide(new Wish.Transfer(SHOP.id(), off, Set.of()), bike))
        .isEqualTo(new Step.Refused("Inbox 'Bike shop' is switched off."));
    assertThat(decide(new Wish.Transfer(WORKSHOP.id(), WORKSHOP, Set.of()), bike))
        .isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  void an_assignee_keeps_what_is_transferred_only_when_they_work_there() {
    Conversation claras = changed(new Wish.Assign(CLARA), bike).conversation();
    Inbox dirks = withMembers(SHOP, DIRK);
    Inbox both = withMembers(SHOP, DIRK, CLARA);

    assertThat(assignee(new Wish.Transfer(SHOP.id(), SHOP, Set.of()), claras)).isPresent();
    assertThat(assignee(new Wish.Transfer(SHOP.id(), both, Set.of()), claras)).isPresent();
    assertThat(assignee(new Wish.Transfer(SHOP.id(), dirks, Set.of()), claras)).isEmpty();
    assertThat(assignee(new Wish.Transfer(SHOP.id(), both, Set.of(CLARA.id())), claras)).isEmpty();
    assertThat(facts(changed(new Wish.Transfer(SHOP.id(), dirks, Set.of()), claras)))
        .containsExactly(
            new AuditFact.Transferred(WORKSHOP.id(), SHOP.id()), new AuditFact.HandedBack());
  }

  @Test
  void a_tag_is_kept_in_one_form_and_once() {
    Step.Changed tagged = changed(new Wish.AddTag("  VIP\n Customer "), bike);

    assertThat(tagged.conversation().state().tags()).containsExactly("vip customer");
    assertThat(facts(tagged)).containsExactly(new AuditFact.Tagged("vip customer"));
    assertThat(decide(new Wish.AddTag("vip CUSTOMER"), tagged.conversation()))
        .isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  void a_tag_is_taken_away_however_it_is_typed() {
    Conversation tagged = changed(new Wish.AddTag("vip"), bike).conversation();

    Step.Changed untagged = changed(new Wish.RemoveTag("Vip "), tagged);

    assertThat(untagged.conversation().state().tags()).isEmpty();
    assertThat(facts(untagged)).containsExactly(new AuditFact.Untagged("vip"));
    assertThat(decide(new Wish.RemoveTag("vip"), bike)).isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  void tags_are_neither_empty_nor_endless_nor_without_number() {
    Set<String> fifty =
        IntStream.range(0, Tags.MOST).mapToObj(i -> "tag " + i).collect(Collectors.toSet());
    Conversation full = bike.withState(bike.state().withTags(fifty));

    assertThat(decide(new Wish.AddTag(" \n "), bike)).isInstanceOf(Step.Refused.class);
    assertThat(decide(new Wish.RemoveTag(""), bike)).isInstanceOf(Step.Refused.class);
    assertThat(decide(new Wish.AddTag("x".repeat(61)), bike)).isInstanceOf(Step.Refused.class);
    assertThat(decide(new Wish.AddTag("x".repeat(60)), bike)).isInstanceOf(Step.Changed.class);
    assertThat(decide(new Wish.AddTag("one more"), full)).isInstanceOf(Step.Refused.class);
    assertThat(decide(new Wish.AddTag("tag 7"), full)).isInstanceOf(Step.AlreadySo.class);
  }

  @Test
  void a_priority_is_set_once_and_within_bounds() {
    Step.Changed urgent = changed(new Wish.Prioritize(0), bike);

    assertThat(urgent.conversation().state().priority()).isZero();
    assertThat(facts(urgent)).containsExactly(new AuditFact.PriorityChanged(0));
    assertThat(decide(new Wish.Prioritize(0), urgent.conversation()))
        .isInstanceOf(Step.AlreadySo.class);
    assertThat(decide(new Wish.Prioritize(-1), bike)).isInstanceOf(Step.Refused.class);
    assertThat(decide(new Wish.Prioritize(1_000_000), bike)).isInstanceOf(Step.Refused.class);
  }

  @Test
  void a_note_stands_beside_the_conversation_and_the_trail_does_not_repeat_it() {
    Step.Changed noted = changed(new Wish.AddNote(CLARA, " Call back ", () -> "n1"), bike);

    NoteId id = NoteId.of("1772438400000-n1");
    assertThat(noted.documents())
        .containsExactly(new Note(id, bike.id(), CLARA, "Call back", MORNING, 0));
    assertThat(noted.conversation()).isEqualTo(bike);
    assertThat(facts(noted)).containsExactly(new AuditFact.Noted(id));
  }

  @Test
  void a_note_is_neither_empty_nor_endless() {
    assertThat(decide(new Wish.AddNote(CLARA, " ", () -> "n1"), bike))
        .isInstanceOf(Step.Refused.class);
    assertThat(decide(new Wish.AddNote(CLARA, "x".repeat(20_001), () -> "n1"), bike))
        .isInstanceOf(Step.Refused.class);
  }

  private Optional<AgentId> assignee(Wish wish, Conversation conversation) {
    return changed(wish, conversation).conversation().findAssignee();
  }

  private static Inbox withMembers(Inbox inbox, Agent... agents) {
    return inbox.withSettings(
        inbox
            .settings()
            .change()
            .members(Stream.of(agents).map(each -> Member.of(each.id().value())).toList())
            .build());
  }

  private Step decide(Wish wish, Conversation conversation) {
    return working.decide(wish, conversation, List.of(question, answer), Set.of(), MORNING);
  }

  private Step.Changed changed(Wish wish, Conversation conversation) {
    return (Step.Changed) decide(wish, conversation);
  }

  private static List<AuditFact> facts(Step.Changed step) {
    return step.occurrences().stream().map(Occurrence::fact).toList();
  }
}
