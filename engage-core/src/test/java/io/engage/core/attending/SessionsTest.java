package io.engage.core.attending;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.AuditFact;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-3")
@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionsTest {
  private static final Instant NINE = Shop.MORNING.plusSeconds(3600);
  private static final AgentSession NEVER = AgentSession.never(Shop.CLARA, Shop.MORNING);
  private static final AgentSession THERE = NEVER.signedIn(Shop.CLARA, Shop.MORNING);
  private static final AgentSession AT_LUNCH = THERE.paused("lunch", Shop.MORNING);

  private final Sessions sessions = new Sessions();

  @Test
  void who_signs_in_is_there_from_then_on_on_no_break() {
    SessionStep step = decide(new SessionWish.SignIn(Shop.CLARA), NEVER);

    assertThat(step)
        .isEqualTo(
            new SessionStep.Changed(
                new AgentSession(Shop.CLARA, true, null, NINE, NINE, Map.of(), 0),
                new AuditFact.SignedIn(Shop.CLARA.id(), Shop.CLARA.name())));
  }

  @Test
  void who_is_there_already_keeps_the_break_that_they_are_on() {
    assertThat(decide(new SessionWish.SignIn(Shop.CLARA), AT_LUNCH))
        .isEqualTo(new SessionStep.AlreadySo());
  }

  @Test
  void who_is_signed_out_is_on_no_break_when_they_come_again() {
    SessionStep step = decide(new SessionWish.SignOut("a supervisor"), AT_LUNCH);

    assertThat(step)
        .isEqualTo(
            new SessionStep.Changed(
                new AgentSession(Shop.CLARA, false, null, NINE, Shop.MORNING, Map.of(), 0),
                new AuditFact.SignedOut(Shop.CLARA.id(), "a supervisor")));
  }

  @Test
  void who_is_gone_cannot_go() {
    assertThat(decide(new SessionWish.SignOut("a supervisor"), NEVER))
        .isEqualTo(new SessionStep.AlreadySo());
  }

  @Test
  void a_break_begins_and_ends() {
    SessionStep begun = decide(new SessionWish.BeginBreak("lunch"), THERE);
    SessionStep ended = decide(new SessionWish.EndBreak(), AT_LUNCH);

    assertThat(begun)
        .isEqualTo(
            new SessionStep.Changed(
                THERE.paused("lunch", NINE), new AuditFact.BreakBegun(Shop.CLARA.id(), "lunch")));
    assertThat(ended)
        .isEqualTo(
            new SessionStep.Changed(
                THERE.paused(null, NINE), new AuditFact.BreakEnded(Shop.CLARA.id())));
  }

  @Test
  void one_break_may_turn_into_another_but_not_into_itself() {
    assertThat(decide(new SessionWish.BeginBreak("coaching"), AT_LUNCH))
        .isInstanceOf(SessionStep.Changed.class);
    assertThat(decide(new SessionWish.BeginBreak("lunch"), AT_LUNCH))
        .isEqualTo(new SessionStep.AlreadySo());
    assertThat(decide(new SessionWish.EndBreak(), THERE)).isEqualTo(new SessionStep.AlreadySo());
  }

  @Test
  void who_is_not_there_has_no_breaks() {
    SessionStep refused = new SessionStep.Refused("Clara Rossi is not signed in.");

    assertThat(decide(new SessionWish.BeginBreak("lunch"), NEVER)).isEqualTo(refused);
    assertThat(decide(new SessionWish.EndBreak(), NEVER)).isEqualTo(refused);
  }

  @Test
  void a_break_has_a_name_of_at_most_a_hundred_characters() {
    assertThat(decide(new SessionWish.BeginBreak(" "), THERE))
        .isInstanceOf(SessionStep.Refused.class);
    assertThat(decide(new SessionWish.BeginBreak("x".repeat(101)), THERE))
        .isInstanceOf(SessionStep.Refused.class);
    assertThat(decide(new SessionWish.BeginBreak("x".repeat(100)), THERE))
        .isInstanceOf(SessionStep.Changed.class);
  }

  @Test
  void a_message_says_something_is_not_too_long_and_is_not_the_hundred_and_first() {
    Telling telling = new Telling();

    assertThat(telling.decide("Call Ana", 99)).isEmpty();
    assertThat(telling.decide("x".repeat(AgentMessage.LONGEST), 0)).isEmpty();
    assertThat(telling.decide(" \n", 0)).contains("The message is empty.");
    assertThat(telling.decide("x".repeat(AgentMessage.LONGEST + 1), 0))
        .contains("The message has 2001 characters; at most 2000 are possible.");
    assertThat(telling.decide("Call Ana", 100))
        .contains("100 messages wait for this agent already. Talk to them another way.");
  }

  private SessionStep decide(SessionWish wish, AgentSession session) {
    return sessions.decide(wish, session, NINE);
  }
}
