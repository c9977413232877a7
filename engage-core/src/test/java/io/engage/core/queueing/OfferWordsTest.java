package io.engage.core.queueing;

import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.DIRK;
import static io.engage.core.Shop.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a word to an offer changes. */
@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfferWordsTest {
  private static final Instant NOON = MORNING.plusSeconds(4 * 3600);
  private static final Inbox WORKSHOP =
      Shop.workshop()
          .withSettings(
              Shop.workshop()
                  .settings()
                  .change()
                  .members(List.of(Member.of("clara")))
                  .strategy(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR))
                  .build());
  private static final Service WAITING = Service.arrived(MORNING);
  private static final Conversation OFFERED =
      bike(WAITING.offered(new Offer(CLARA.id(), MORNING, NOON)));

  private static Conversation bike(Service service) {
    Conversation bike = Shop.conversation("bike", WORKSHOP, Shop.ANA);
    return bike.withState(bike.state().withService(service));
  }

  private static AgentSession here(Agent agent) {
    return AgentSession.never(agent, MORNING).signedIn(agent, MORNING).withVersion(3);
  }

  private static OfferStep decide(
      OfferWord word, Conversation conversation, AgentSession session, Instant now) {
    return new Offers().decide(word, conversation, session, WORKSHOP, now);
  }

  private static OfferStep.Changed changed(OfferStep step) {
    assertThat(step).isInstanceOf(OfferStep.Changed.class);
    return (OfferStep.Changed) step;
  }

  private static OfferWord accept(@Nullable String notPicked) {
    return new OfferWord.Accept(notPicked);
  }

  @Test
  void an_accepted_one_is_theirs_from_now_on_and_stores_their_session() {
    OfferStep.Changed step = changed(decide(accept(null), OFFERED, here(CLARA), MORNING));

    assertThat(step.conversation().queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(step.conversation().state().service()).isEqualTo(WAITING.taken(CLARA.id(), MORNING));
    assertThat(step.session()).isEqualTo(here(CLARA));
    assertThat(step.occurrences())
        .extracting(Occurrence::fact)
        .containsExactly(new AuditFact.Assigned(CLARA.id(), CLARA.name()));
  }

  @Test
  void a_picked_one_counts_as_served_on_the_day_of_the_inbox() {
    OfferStep.Changed step = changed(decide(accept(null), bike(WAITING), here(CLARA), MORNING));

    assertThat(step.session().served().get(WORKSHOP.id()))
        .isEqualTo(new AgentSession.Served(1, LocalDate.parse("2026-03-02"), MORNING));
    assertThat(step.conversation().findAssignee()).contains(CLARA.id());
  }

  @Test
  void what_may_not_be_picked_says_why() {
    OfferStep step = decide(accept("You have one already"), bike(WAITING), here(CLARA), MORNING);

    assertThat(step).isEqualTo(new OfferStep.Refused("You have one already"));
  }

  @Test
  void an_offer_is_accepted_whatever_stands_against_picking() {
    OfferStep step = decide(accept("not picked here"), OFFERED, here(CLARA), MORNING);

    assertThat(step).isInstanceOf(OfferStep.Changed.class);
  }

  @Test
  void what_somebody_else_has_or_was_asked_about_is_theirs() {
    Conversation dirks = bike(WAITING.taken(DIRK.id(), MORNING));
    Conversation taken = dirks.withState(dirks.state().withAssignee(DIRK.id()));

    OfferStep active = decide(accept(null), taken, here(CLARA), MORNING);
    OfferStep offered = decide(accept(null), OFFERED, here(DIRK), MORNING);
    OfferStep own = decide(accept(null), taken, here(DIRK), MORNING);

    assertThat(List.of(active, offered)).containsOnly(new OfferStep.Overtaken());
    assertThat(own).isEqualTo(new OfferStep.AlreadySo());
  }

  @Test
  void what_was_answered_or_completed_meanwhile_is_not_accepted() {
    Conversation open = bike(WAITING.over());
    Conversation completed = OFFERED.withState(OFFERED.state().withCompletedAt(NOON));

    OfferStep answered = decide(accept(null), open, here(CLARA), NOON);
    OfferStep done = decide(accept(null), completed, here(CLARA), NOON);

    assertThat(List.of(answered, done))
        .containsOnly(new OfferStep.Refused("Nobody waits in it any more."));
  }

  @Test
  void who_is_not_there_accepts_nothing() {
    OfferStep gone = decide(accept(null), OFFERED, here(CLARA).signedOut(MORNING), MORNING);
    OfferStep paused = decide(accept(null), OFFERED, here(CLARA).paused("tea", MORNING), MORNING);

    assertThat(gone).isEqualTo(new OfferStep.Refused("You are not signed in. Sign in first."));
    assertThat(paused).isEqualTo(new OfferStep.Refused("You are on break. End it first."));
  }

  @Test
  void a_declined_one_waits_at_its_place_and_its_agent_stays_free() {
    OfferStep.Changed step = changed(decide(new OfferWord.Decline(), OFFERED, here(CLARA), NOON));

    assertThat(step.conversation().queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(step.conversation().state().service()).isEqualTo(WAITING.declined(CLARA.id(), NOON));
    assertThat(step.session()).isEqualTo(here(CLARA));
    assertThat(step.occurrences())
        .extracting(Occurrence::fact)
        .containsExactly(new AuditFact.OfferDeclined(CLARA.id()));
  }

  @Test
  void silence_sends_its_agent_on_break_at_the_end_and_not_before() {
    OfferStep before = decide(new OfferWord.Lapse(), OFFERED, here(CLARA), NOON.minusNanos(1));
    OfferStep.Changed then = changed(decide(new OfferWord.Lapse(), OFFERED, here(CLARA), NOON));

    assertThat(before).isEqualTo(new OfferStep.AlreadySo());
    assertThat(then.conversation().state().service()).isEqualTo(WAITING.declined(CLARA.id(), NOON));
    assertThat(then.session()).isEqualTo(here(CLARA).paused(AgentSession.NO_ANSWER, NOON));
    assertThat(then.occurrences())
        .extracting(Occurrence::fact)
        .containsExactly(
            new AuditFact.OfferUnanswered(CLARA.id()),
            new AuditFact.BreakBegun(CLARA.id(), AgentSession.NO_ANSWER));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void who_was_gone_already_is_not_blamed_for_silence(boolean signedOut) {
    AgentSession away =
        signedOut ? here(CLARA).signedOut(MORNING) : here(CLARA).paused("tea", MORNING);

    OfferStep.Changed step = changed(decide(new OfferWord.Lapse(), OFFERED, away, NOON));

    assertThat(step.session()).isEqualTo(away);
    assertThat(step.conversation().state().service()).isEqualTo(WAITING);
    assertThat(step.occurrences())
        .extracting(Occurrence::fact)
        .containsExactly(
            new AuditFact.OfferWithdrawn(CLARA.id(), signedOut ? "signed out" : "on break"));
  }

  @Test
  void what_is_not_offered_any_more_neither_ends_nor_is_taken_back() {
    OfferStep lapse = decide(new OfferWord.Lapse(), bike(WAITING), here(CLARA), NOON);
    OfferStep withdrawal =
        decide(new OfferWord.Withdraw("on break"), bike(WAITING), here(CLARA), NOON);

    assertThat(List.of(lapse, withdrawal)).containsOnly(new OfferStep.AlreadySo());
  }

  @Test
  void an_offer_stands_while_its_agent_is_there_and_may_have_it_also_when_the_inbox_closes() {
    Inbox withoutHer =
        WORKSHOP.withSettings(WORKSHOP.settings().change().members(List.of()).build());
    Inbox byHand = WORKSHOP.withSettings(WORKSHOP.settings().change().strategy(null).build());
    Offers offers = new Offers();

    assertThat(offers.whyNotStanding(here(CLARA), WORKSHOP, null)).isEmpty();
    assertThat(offers.whyNotStanding(here(CLARA), WORKSHOP, "Not her")).contains("Not her");
    assertThat(offers.whyNotStanding(here(CLARA), withoutHer, null))
        .contains("no member of the inbox any more");
    assertThat(offers.whyNotStanding(here(CLARA), byHand, null))
        .contains("nothing is offered in the inbox any more");
    assertThat(offers.whyNotStanding(here(CLARA).signedOut(NOON), WORKSHOP, null))
        .contains("signed out");
  }
}
