package io.engage.core.queueing;

import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.DIRK;
import static io.engage.core.Shop.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Service;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class StirringTest {
  private static final Service WAITING = Service.arrived(MORNING);
  private static final AgentId EMIL = AgentId.of("emil");
  private static final AuditFact NOTED = new AuditFact.MarkedRead();

  private static Stirred of(InboxChange.Builder change, AuditFact fact) {
    return new Stirring()
        .decide(
            change
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of("1"),
                            MORNING,
                            Actor.RECEIVING,
                            AuditSubject.of(Shop.workshop().id()),
                            fact)))
                .build());
  }

  private static InboxChange.Builder completed(Conversation conversation) {
    return InboxChange.builder()
        .conversations(
            List.of(conversation.withState(conversation.state().withCompletedAt(MORNING))));
  }

  private static InboxChange.Builder nothing() {
    return InboxChange.builder();
  }

  private static InboxChange.Builder changed(Service service, boolean assigned) {
    return InboxChange.builder().conversations(List.of(bike(service, assigned)));
  }

  private static Conversation bike(Service service, boolean assigned) {
    Conversation bike = Shop.conversation("bike", Shop.workshop(), Shop.ANA);
    return bike.withState(
        bike.state().withService(service).withAssignee(assigned ? DIRK.id() : null));
  }

  @Test
  void what_concerns_no_queue_stirs_nothing() {
    Stirred stirred = of(changed(Service.NONE, false), NOTED);

    assertThat(stirred.isNothing()).isTrue();
  }

  @Test
  void what_is_queued_stirs_its_inbox() {
    Stirred stirred = of(changed(WAITING, false), NOTED);

    assertThat(stirred).isEqualTo(new Stirred(Set.of(Shop.workshop().id()), Set.of(), Set.of()));
  }

  @Test
  void whoever_had_it_may_have_room_again() {
    Stirred answered =
        of(changed(WAITING.taken(CLARA.id(), MORNING).answered(CLARA.id(), MORNING), false), NOTED);

    assertThat(answered).isEqualTo(new Stirred(Set.of(), Set.of(CLARA.id()), Set.of()));
  }

  @Test
  void whoever_had_it_may_have_room_though_somebody_else_answered_last() {
    Service answered =
        WAITING.taken(DIRK.id(), MORNING).answered(CLARA.id(), MORNING).answered(EMIL, MORNING);

    Stirred completed = of(completed(bike(answered.over(), true)), new AuditFact.Completed());
    Stirred handedBack =
        of(changed(answered.givenBack(MORNING), false), new AuditFact.HandedBack());
    Stirred assigned =
        of(
            changed(answered.taken(DIRK.id(), MORNING), true),
            new AuditFact.Assigned(DIRK.id(), "Dirk"));

    assertThat(completed.freed()).containsExactlyInAnyOrder(DIRK.id(), CLARA.id(), EMIL);
    assertThat(handedBack.freed()).containsExactlyInAnyOrder(DIRK.id(), CLARA.id(), EMIL);
    assertThat(assigned.freed()).containsExactlyInAnyOrder(CLARA.id(), EMIL);
  }

  @Test
  void whoever_was_given_it_before_handlers_were_remembered_has_room_when_it_is_completed() {
    Stirred stirred = of(completed(bike(Service.NONE, true)), new AuditFact.Completed());

    assertThat(stirred.freed()).containsExactly(DIRK.id());
  }

  @Test
  void when_it_goes_from_one_to_another_the_first_may_have_room() {
    Stirred stirred =
        of(
            changed(WAITING.taken(CLARA.id(), MORNING).taken(DIRK.id(), MORNING), true),
            new AuditFact.Assigned(DIRK.id(), "Dirk"));

    assertThat(stirred).isEqualTo(new Stirred(Set.of(), Set.of(CLARA.id()), Set.of()));
  }

  @Test
  void who_takes_one_along_to_another_inbox_has_room_in_the_first() {
    Stirred stirred =
        of(
            changed(WAITING.taken(DIRK.id(), MORNING), true),
            new AuditFact.Transferred(Shop.shop().id(), Shop.workshop().id()));

    assertThat(stirred.inboxes()).containsExactly(Shop.shop().id());
  }

  @Test
  void who_declined_may_be_asked_about_something_else() {
    Stirred stirred =
        of(
            changed(WAITING.declined(CLARA.id(), MORNING), false),
            new AuditFact.OfferDeclined(CLARA.id()));

    assertThat(stirred)
        .isEqualTo(new Stirred(Set.of(Shop.workshop().id()), Set.of(CLARA.id()), Set.of()));
  }

  @Test
  void an_offer_only_takes_and_stirs_nothing() {
    Offer offer = new Offer(CLARA.id(), MORNING, MORNING.plusSeconds(30));

    Stirred stirred =
        of(
            changed(WAITING.declined(DIRK.id(), MORNING).offered(offer), false)
                .document(AgentSession.never(CLARA, MORNING)),
            new AuditFact.Offered(CLARA.id(), CLARA.name(), offer.until()));

    assertThat(stirred.isNothing()).isTrue();
  }

  @Test
  void who_comes_may_take_and_who_goes_keeps_no_offer() {
    Stirred in = of(nothing(), new AuditFact.SignedIn(CLARA.id(), "Clara"));
    Stirred back = of(nothing(), new AuditFact.BreakEnded(CLARA.id()));
    Stirred out = of(nothing(), new AuditFact.SignedOut(CLARA.id(), "bye"));
    Stirred pause = of(nothing(), new AuditFact.BreakBegun(CLARA.id(), "lunch"));
    Stirred lost = of(nothing(), new AuditFact.OfferWithdrawn(CLARA.id(), "not hers"));

    Stirred may = new Stirred(Set.of(), Set.of(CLARA.id()), Set.of());
    Stirred mayNot = new Stirred(Set.of(), Set.of(), Set.of(CLARA.id()));
    assertThat(List.of(in, back, lost)).containsOnly(may);
    assertThat(List.of(out, pause)).containsOnly(mayNot);
  }

  @Test
  void an_inbox_that_is_set_up_otherwise_is_looked_at_with_those_who_were_members() {
    Inbox workshop = of(it -> it.members(List.of(Member.of("dirk"))));

    Stirred stirred =
        of(
            InboxChange.builder().inbox(workshop),
            new AuditFact.MembersChanged(List.of(), List.of(CLARA.id())));

    assertThat(stirred).isEqualTo(new Stirred(Set.of(workshop.id()), Set.of(), Set.of(CLARA.id())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"strategy", "enabled", "inherited"})
  void an_inbox_that_has_ceased_to_offer_is_looked_at_with_all_who_are_members(String changed) {
    Inbox handed = of(it -> it.strategy(null));
    Inbox off = of(it -> it.strategy(Strategy.USUAL).enabled(false));

    Stirred byHand = of(InboxChange.builder().inbox(handed), configured(handed, changed));
    Stirred switchedOff = of(InboxChange.builder().inbox(off), configured(off, changed));

    Stirred all = new Stirred(Set.of(handed.id()), Set.of(), Set.of(CLARA.id(), DIRK.id()));
    assertThat(List.of(byHand, switchedOff)).containsOnly(all);
  }

  @Test
  void whose_inbox_has_another_greeting_or_way_to_offer_keeps_every_offer() {
    Inbox handed = of(it -> it.strategy(null));
    Inbox offering = of(it -> it.strategy(Strategy.USUAL));

    Stirred greeting = of(InboxChange.builder().inbox(handed), configured(handed, "signature"));
    Stirred strategy = of(InboxChange.builder().inbox(offering), configured(offering, "strategy"));

    Stirred inbox = new Stirred(Set.of(handed.id()), Set.of(), Set.of());
    assertThat(List.of(greeting, strategy)).containsOnly(inbox);
  }

  private static Inbox of(UnaryOperator<InboxSettings.Change> change) {
    InboxSettings.Change settings =
        Shop.workshop().settings().change().members(List.of(Member.of("clara"), Member.of("dirk")));
    return Shop.workshop().withSettings(change.apply(settings).build());
  }

  private static AuditFact configured(Inbox inbox, String changed) {
    return new AuditFact.InboxConfigured(inbox.name(), List.of("name", changed));
  }

  @Test
  void what_an_inbox_leaves_stirs_its_heir() {
    Stirred stirred =
        of(
            InboxChange.builder().dropInbox(Shop.workshop().id(), Shop.shop().id()),
            new AuditFact.InboxDeleted("Workshop", Shop.shop().id()));

    assertThat(stirred.inboxes()).containsExactly(Shop.shop().id());
  }

  @Test
  void what_is_stirred_in_several_commits_is_one() {
    Stirred one = new Stirred(Set.of(Shop.shop().id()), Set.of(CLARA.id()), Set.of());
    Stirred other = new Stirred(Set.of(Shop.workshop().id()), Set.of(DIRK.id()), Set.of(DIRK.id()));

    Stirred both = one.and(other).and(Stirred.NOTHING);

    assertThat(both)
        .isEqualTo(
            new Stirred(
                Set.of(Shop.shop().id(), Shop.workshop().id()),
                Set.of(CLARA.id(), DIRK.id()),
                Set.of(DIRK.id())));
    assertThat(Stirred.NOTHING.and(one)).isSameAs(one);
  }
}
