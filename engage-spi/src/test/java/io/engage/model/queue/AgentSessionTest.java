package io.engage.model.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentSession.Served;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentSessionTest {
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);
  private static final Instant ELEVEN = TEN.plusSeconds(3600);
  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
  private static final InboxId WORKSHOP = InboxId.of("workshop");
  private static final InboxId SALES = InboxId.of("sales");

  @Test
  void who_was_never_there_is_not_there() {
    AgentSession never = AgentSession.never(CLARA, NINE);

    assertThat(never.online()).isFalse();
    assertThat(never.begun()).isNull();
    assertThat(never.isOnBreak()).isFalse();
  }

  @Test
  void who_signs_in_is_there_by_the_name_that_they_have_now_and_on_no_break() {
    Agent renamed = Agent.of("clara", "Clara Cruz");
    AgentSession before =
        AgentSession.never(CLARA, NINE).signedIn(CLARA, NINE).paused("lunch", NINE);

    AgentSession session = before.signedIn(renamed, TEN);

    assertThat(session).isEqualTo(new AgentSession(renamed, true, null, TEN, TEN, Map.of(), 0));
  }

  @Test
  void a_break_begins_and_ends_and_time_counts_from_the_last_change() {
    AgentSession paused =
        AgentSession.never(CLARA, NINE).signedIn(CLARA, NINE).paused("lunch", TEN);
    AgentSession back = paused.paused(null, ELEVEN);

    assertThat(paused.isOnBreak()).isTrue();
    assertThat(paused.since()).isEqualTo(TEN);
    assertThat(back.isOnBreak()).isFalse();
    assertThat(back.since()).isEqualTo(ELEVEN);
    assertThat(back.begun()).isEqualTo(NINE);
  }

  @Test
  void who_is_gone_is_on_no_break_and_what_they_were_given_is_kept() {
    AgentSession gone =
        AgentSession.never(CLARA, NINE)
            .signedIn(CLARA, NINE)
            .served(WORKSHOP, MONDAY, NINE)
            .paused("lunch", TEN)
            .signedOut(ELEVEN);

    assertThat(gone)
        .isEqualTo(
            new AgentSession(
                CLARA,
                false,
                null,
                ELEVEN,
                NINE,
                Map.of(WORKSHOP, new Served(1, MONDAY, NINE)),
                0));
  }

  @Test
  @Tag("DI-2")
  void what_is_given_is_counted_by_inbox_and_day() {
    AgentSession session =
        AgentSession.never(CLARA, NINE)
            .served(WORKSHOP, MONDAY, NINE)
            .served(SALES, MONDAY, NINE)
            .served(WORKSHOP, MONDAY, TEN);

    assertThat(session.served())
        .isEqualTo(
            Map.of(WORKSHOP, new Served(2, MONDAY, TEN), SALES, new Served(1, MONDAY, NINE)));
    assertThat(session.served(WORKSHOP, MONDAY.plusDays(1), ELEVEN).served())
        .containsEntry(WORKSHOP, new Served(1, MONDAY.plusDays(1), ELEVEN));
  }

  @Test
  void being_given_something_is_no_change_of_state() {
    AgentSession session = AgentSession.never(CLARA, NINE).signedIn(CLARA, NINE);

    assertThat(session.served(WORKSHOP, MONDAY, TEN).since()).isEqualTo(NINE);
  }

  @Test
  void a_break_has_a_name_of_one_to_a_hundred_letters() {
    AgentSession session = AgentSession.never(CLARA, NINE);

    assertThat(session.paused("x".repeat(100), TEN).isOnBreak()).isTrue();
    assertThatThrownBy(() -> session.paused("x".repeat(101), TEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The type of a break has 1 to 100 characters");
    assertThatThrownBy(() -> session.paused(" ", TEN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inboxes_keep_one_order_whatever_came_first() {
    AgentSession session =
        AgentSession.never(CLARA, NINE).served(WORKSHOP, MONDAY, NINE).served(SALES, MONDAY, NINE);

    assertThat(session.served().keySet()).containsExactly(SALES, WORKSHOP);
  }
}
