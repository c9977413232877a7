package io.engage.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-1")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConversationTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final AgentId CLARA = AgentId.of("clara");
  private static final Conversation STRAP =
      new Conversation(
          ConversationId.of("strap"),
          InboxId.of("workshop"),
          Channel.EMAIL,
          "Watch strap",
          Set.of(),
          1,
          1,
          NINE,
          NINE,
          Conversation.Exchange.NONE,
          Conversation.State.NEW.withService(Service.arrived(NINE)),
          0);

  @Test
  void whoever_waits_is_queued_until_somebody_is_asked_takes_it_or_completes_it() {
    Conversation.State state = STRAP.state();
    Conversation offered =
        STRAP.withState(
            state.withService(
                state.service().offered(new Offer(CLARA, NINE, NINE.plusSeconds(30)))));
    Conversation active = offered.withState(offered.state().withAssignee(CLARA));

    assertThat(STRAP.queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(offered.queueState()).isEqualTo(QueueState.OFFERED);
    assertThat(active.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(active.withState(active.state().withCompletedAt(NINE)).queueState())
        .isEqualTo(QueueState.COMPLETED);
  }

  @Test
  void what_was_answered_without_being_taken_is_idle() {
    Conversation.State state = STRAP.state();

    assertThat(
            STRAP.withState(state.withService(state.service().answered(CLARA, NINE))).queueState())
        .isEqualTo(QueueState.IDLE);
  }

  @Test
  @Tag("DI-2")
  void a_step_of_priority_moves_a_place_by_a_minute_and_no_number_by_more_than_a_day() {
    assertThat(place(100)).contains(NINE);
    assertThat(place(90)).contains(NINE.minus(Duration.ofMinutes(10)));
    assertThat(place(160)).contains(NINE.plus(Duration.ofHours(1)));
    assertThat(place(Integer.MIN_VALUE)).contains(NINE.minus(Duration.ofDays(1)));
    assertThat(place(Integer.MAX_VALUE)).contains(NINE.plus(Duration.ofDays(1)));
    assertThat(STRAP.completed(NINE).state().findPlace()).isEmpty();
  }

  private static Optional<Instant> place(int priority) {
    return STRAP.state().withPriority(priority).findPlace();
  }

  @Test
  @Tag("WK-6")
  void nobody_waits_in_a_side_thread_or_an_empty_conversation() {
    Conversation side = STRAP.withExchange(STRAP.exchange().besides(ConversationId.of("main")));

    assertThat(side.queueState()).isEqualTo(QueueState.IDLE);
    assertThat(side.countsInQueues()).isFalse();
    assertThat(STRAP.withCounts(0, 0).queueState()).isEqualTo(QueueState.IDLE);
    assertThat(STRAP.withCounts(0, 0).countsInQueues()).isFalse();
    assertThat(STRAP.countsInQueues()).isTrue();
  }

  @Test
  @Tag("DI-4")
  void what_is_empty_is_offered_to_nobody_and_keeps_its_place() {
    Conversation.State state = STRAP.state();
    Offer offer = new Offer(CLARA, NINE, NINE.plusSeconds(30));
    Conversation offered = STRAP.withState(state.withService(state.service().offered(offer)));

    Conversation empty = offered.withCounts(0, 0);

    assertThat(empty.state().service()).isEqualTo(Service.arrived(NINE));
    assertThat(empty.withState(offered.state()).queueState()).isEqualTo(QueueState.IDLE);
    assertThat(empty.withCounts(1, 0).queueState()).isEqualTo(QueueState.QUEUED);
  }
}
