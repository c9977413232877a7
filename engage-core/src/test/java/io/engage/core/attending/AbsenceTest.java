package io.engage.core.attending;

import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.Strategy.Away;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.QueueState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AbsenceTest {
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final AgentSession THERE =
      AgentSession.never(CLARA, MORNING).signedIn(CLARA, MORNING);
  private static final AgentSession GONE = THERE.signedOut(MORNING.plusSeconds(60));
  private static final Instant DUE = MORNING.plusSeconds(60).plus(TEN);

  private final Conversation bike =
      Shop.conversation("bike", Shop.workshop(), Shop.ANA)
          .awaited(MORNING, MORNING)
          .taken(CLARA.id(), MORNING.plusSeconds(30));

  @Test
  void whoever_has_gone_for_as_long_as_the_strategy_says_gives_it_back_to_its_old_place() {
    Absence.Requeued requeued =
        Absence.decide(bike, GONE, settings(Strategy.USUAL), DUE).orElseThrow();

    assertThat(requeued.fact()).isEqualTo(new AuditFact.Requeued(CLARA.id(), "signed out"));
    assertThat(requeued.conversation().queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(requeued.conversation().state().service().waitingSince()).isEqualTo(MORNING);
  }

  @Test
  void not_a_moment_before() {
    assertThat(Absence.decide(bike, GONE, settings(Strategy.USUAL), DUE.minusNanos(1))).isEmpty();
  }

  @Test
  void whoever_is_there_keeps_it_however_long_the_customer_waits() {
    assertThat(stays(bike, THERE, settings(Strategy.USUAL))).isTrue();
  }

  @Test
  void a_break_is_an_absence_and_so_is_never_to_have_been_there() {
    AgentSession never = AgentSession.never(CLARA, Instant.EPOCH);

    assertThat(stays(bike, THERE.paused("lunch", MORNING), settings(Strategy.USUAL))).isFalse();
    assertThat(stays(bike, never, settings(Strategy.USUAL))).isFalse();
  }

  @Test
  void time_counts_from_when_the_customer_waited_for_them_and_they_were_away() {
    Instant late = DUE.plus(Duration.ofHours(1));
    Conversation takenLate = bike.taken(CLARA.id(), late);
    Conversation askedLate = bike.answered(CLARA.id(), MORNING).awaited(late, late);

    for (Conversation each : new Conversation[] {takenLate, askedLate}) {
      assertThat(Absence.decide(each, GONE, settings(Strategy.USUAL), late.plus(TEN).minusNanos(1)))
          .isEmpty();
      assertThat(Absence.decide(each, GONE, settings(Strategy.USUAL), late.plus(TEN))).isPresent();
    }
  }

  @Test
  void zero_is_at_once() {
    Strategy impatient = Strategy.USUAL.withAway(Away.QUEUES, Duration.ZERO);

    assertThat(Absence.decide(bike, GONE, settings(impatient), GONE.since())).isPresent();
  }

  @Test
  void absences_of_any_length_can_be_wanted() {
    Strategy patient = Strategy.USUAL.withAway(Away.QUEUES, Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(stays(bike, GONE, settings(patient))).isTrue();
  }

  @Test
  void nothing_is_taken_from_anybody_where_the_strategy_lets_it_wait_or_there_is_none() {
    assertThat(stays(bike, GONE, settings(Strategy.USUAL.withAway(Away.WAITS, TEN)))).isTrue();
    assertThat(stays(bike, GONE, settings(null))).isTrue();
  }

  @Test
  void nor_while_the_inbox_is_switched_off_or_closed() {
    InboxSettings off = settings(Strategy.USUAL).change().enabled(false).build();

    assertThat(stays(bike, GONE, off)).isTrue();
    assertThat(Absence.decide(bike, GONE, atNine(), nine().minusSeconds(1))).isEmpty();
  }

  @Test
  void who_begins_with_the_opening_has_time_to_sign_in() {
    assertThat(Absence.decide(bike, GONE, atNine(), nine().plus(TEN).minusNanos(1))).isEmpty();
    assertThat(Absence.decide(bike, GONE, atNine(), nine().plus(TEN))).isPresent();
  }

  @Test
  void who_was_answered_waits_for_nobody_and_what_is_over_or_beside_neither() {
    Conversation side = bike.withExchange(bike.exchange().besides(ConversationId.of("other")));

    assertThat(stays(bike.answered(CLARA.id(), MORNING), GONE, settings(Strategy.USUAL))).isTrue();
    assertThat(stays(bike.completed(MORNING), GONE, settings(Strategy.USUAL))).isTrue();
    assertThat(stays(side, GONE, settings(Strategy.USUAL))).isTrue();
  }

  @Test
  void who_got_it_meanwhile_keeps_it() {
    assertThat(stays(bike.taken(Shop.DIRK.id(), MORNING), GONE, settings(Strategy.USUAL))).isTrue();
  }

  private static boolean stays(
      Conversation conversation, AgentSession session, InboxSettings settings) {
    return Absence.decide(conversation, session, settings, MORNING.plus(Duration.ofDays(2)))
        .isEmpty();
  }

  private static InboxSettings settings(@Nullable Strategy strategy) {
    return InboxSettings.usual().change().strategy(strategy).build();
  }

  /** The day after. */
  private static Instant nine() {
    return Instant.parse("2026-03-03T09:00:00Z");
  }

  private static InboxSettings atNine() {
    return settings(Strategy.USUAL)
        .change()
        .schedule(
            new WeeklySchedule(
                ZoneOffset.UTC,
                List.of(WeeklySchedule.Window.of(DayOfWeek.TUESDAY, "09:00", "17:00")),
                Map.of()))
        .build();
  }
}
