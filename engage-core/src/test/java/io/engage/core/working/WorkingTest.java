package io.engage.core.working;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.MORNING;
import static io.engage.core.Shop.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-1")
class WorkingTest {
  private static final Inbox WORKSHOP = Shop.workshop();

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

    Step.Changed linked = changed(new Wish.Link(ana, "an agent chose"), bike);

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
