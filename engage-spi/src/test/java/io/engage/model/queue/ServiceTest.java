package io.engage.model.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.queue.Service.Declined;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-1")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServiceTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);
  private static final Instant ELEVEN = TEN.plusSeconds(3600);
  private static final AgentId CLARA = AgentId.of("clara");
  private static final AgentId DARIO = AgentId.of("dario");
  private static final Offer OFFER = new Offer(CLARA, TEN, ELEVEN);

  @Test
  void a_customer_waits_from_the_moment_at_which_they_came() {
    Service arrived = Service.arrived(NINE);

    assertThat(arrived.arrivedAt()).isEqualTo(NINE);
    assertThat(arrived.waitingSince()).isEqualTo(NINE);
    assertThat(Service.NONE.waiting(NINE)).isEqualTo(arrived);
  }

  @Test
  void who_waits_and_writes_again_keeps_their_place() {
    assertThat(Service.arrived(NINE).waiting(TEN)).isEqualTo(Service.arrived(NINE));
  }

  @Test
  void who_was_answered_and_writes_again_waits_from_then_on_in_the_same_episode() {
    Service again = Service.arrived(NINE).answered(CLARA, TEN).waiting(ELEVEN);

    assertThat(again.waitingSince()).isEqualTo(ELEVEN);
    assertThat(again.arrivedAt()).isEqualTo(NINE);
    assertThat(again.answeredAt()).isEqualTo(TEN);
  }

  @Test
  @Tag("DI-5")
  void the_first_answer_is_the_one_that_counts() {
    Service answered =
        Service.arrived(NINE).answered(CLARA, TEN).waiting(TEN).answered(CLARA, ELEVEN);

    assertThat(answered.answeredAt()).isEqualTo(TEN);
    assertThat(answered.waitingSince()).isNull();
  }

  @Test
  @Tag("DI-4")
  void what_is_offered_declined_or_withdrawn_keeps_its_place() {
    Service offered = Service.arrived(NINE).offered(OFFER);

    assertThat(offered.offer()).isEqualTo(OFFER);
    assertThat(offered.waitingSince()).isEqualTo(NINE);
    assertThat(offered.withoutOffer()).isEqualTo(Service.arrived(NINE));
    assertThat(offered.declined(CLARA, TEN).waitingSince()).isEqualTo(NINE);
    assertThat(offered.declined(CLARA, TEN).offer()).isNull();
  }

  @Test
  @Tag("DI-4")
  void of_each_who_declined_the_last_time_is_remembered() {
    Service declined =
        Service.arrived(NINE).declined(CLARA, NINE).declined(DARIO, TEN).declined(CLARA, ELEVEN);

    assertThat(declined.declined())
        .containsExactly(new Declined(DARIO, TEN), new Declined(CLARA, ELEVEN));
  }

  @Test
  @Tag("DI-4")
  void everybody_who_declined_within_ten_minutes_is_remembered() {
    Service declined = Service.arrived(NINE);

    for (int i = 0; i < 300; i++) {
      declined = declined.declined(AgentId.of("a" + i), NINE.plusSeconds(i));
    }
    Service later = declined.declined(CLARA, NINE.plusSeconds(99).plus(Service.REST));

    assertThat(declined.declined()).hasSize(300);
    assertThat(later.declined()).hasSize(201);
    assertThat(later.declined().get(0).agent()).isEqualTo(AgentId.of("a100"));
  }

  @Test
  @Tag("DI-4")
  void of_many_who_declined_long_ago_the_newest_are_remembered() {
    Service declined = Service.arrived(NINE);

    for (int i = 0; i < 25; i++) {
      declined = declined.declined(AgentId.of("a" + i), NINE.plusSeconds(60 * i));
    }

    assertThat(declined.declined())
        .extracting(each -> each.agent().value())
        .containsExactlyElementsOf(IntStream.range(5, 25).mapToObj(i -> "a" + i).toList());
  }

  @Test
  void who_takes_it_ends_the_offer_and_all_refusals_and_the_customer_waits_on() {
    Service taken = Service.arrived(NINE).declined(DARIO, NINE).offered(OFFER).taken(CLARA, TEN);

    assertThat(taken)
        .isEqualTo(new Service(NINE, NINE, null, TEN, null, List.of(), List.of(CLARA)));
  }

  @Test
  @Tag("DI-7")
  void who_had_it_is_remembered_in_order_each_once() {
    Service taken =
        Service.NONE.taken(CLARA, NINE).givenBack(NINE).taken(DARIO, TEN).taken(CLARA, ELEVEN);

    assertThat(taken.handlers()).containsExactly(DARIO, CLARA);
    assertThat(taken.takenAt()).isEqualTo(ELEVEN);
  }

  @Test
  @Tag("DI-7")
  void who_answered_without_having_it_is_remembered_too_and_ends_an_offer() {
    Service answered = Service.arrived(NINE).offered(OFFER).answered(DARIO, TEN);

    assertThat(answered)
        .isEqualTo(new Service(NINE, null, null, null, TEN, List.of(), List.of(DARIO)));
  }

  @Test
  @Tag("DI-7")
  void of_many_who_had_it_the_newest_are_remembered() {
    Service taken = Service.NONE;

    for (int i = 0; i < 60; i++) {
      taken = taken.taken(AgentId.of("a" + i), NINE.plusSeconds(i));
    }

    assertThat(taken.handlers())
        .extracting(AgentId::value)
        .containsExactlyElementsOf(IntStream.range(10, 60).mapToObj(i -> "a" + i).toList());
  }

  @Test
  void what_is_given_back_waits_at_its_old_place() {
    Service back = Service.arrived(NINE).taken(CLARA, TEN).givenBack(ELEVEN);

    assertThat(back.waitingSince()).isEqualTo(NINE);
    assertThat(back.takenAt()).isNull();
    assertThat(back.handlers()).containsExactly(CLARA);
  }

  @Test
  void what_was_answered_and_is_given_back_waits_from_then_on() {
    Service back = Service.arrived(NINE).taken(CLARA, NINE).answered(CLARA, TEN).givenBack(ELEVEN);

    assertThat(back.waitingSince()).isEqualTo(ELEVEN);
    assertThat(back.arrivedAt()).isEqualTo(NINE);
    assertThat(back.answeredAt()).isEqualTo(TEN);
  }

  @Test
  @Tag("WK-2")
  void when_it_is_over_nobody_waits_and_nobody_is_asked() {
    Service over = Service.arrived(NINE).taken(CLARA, NINE).givenBack(TEN).offered(OFFER).over();

    assertThat(over)
        .isEqualTo(new Service(NINE, null, null, null, null, List.of(), List.of(CLARA)));
  }

  @Test
  @Tag("WK-2")
  void what_is_opened_again_begins_anew_and_remembers_who_had_it() {
    Service again =
        Service.arrived(NINE)
            .declined(DARIO, NINE)
            .taken(CLARA, NINE)
            .answered(CLARA, NINE)
            .again(TEN, ELEVEN);

    assertThat(again)
        .isEqualTo(new Service(TEN, TEN, null, ELEVEN, null, List.of(), List.of(CLARA)));
  }

  @Test
  @Tag("WK-2")
  void what_nobody_had_is_had_by_nobody_when_it_is_opened_again() {
    assertThat(Service.arrived(NINE).over().again(TEN, ELEVEN)).isEqualTo(Service.arrived(TEN));
  }

  @Test
  @Tag("WK-2")
  void what_an_agent_opens_again_waits_for_nobody_until_somebody_writes() {
    Service again = Service.arrived(NINE).answered(CLARA, TEN).over().again(null, TEN);

    assertThat(again.waitingSince()).isNull();
    assertThat(again.waiting(ELEVEN).arrivedAt()).isEqualTo(ELEVEN);
  }

  @Test
  void what_an_agent_writes_to_whom_nobody_asked_answers_nothing() {
    Service written = Service.NONE.answered(CLARA, TEN);

    assertThat(written.answeredAt()).isNull();
    assertThat(written.handlers()).containsExactly(CLARA);
  }

  @Test
  @Tag("WK-9")
  void an_answer_that_is_taken_back_gives_the_place_back() {
    Service taken = Service.arrived(NINE).taken(CLARA, TEN);

    assertThat(taken.answered(CLARA, ELEVEN).unanswered(NINE, null)).isEqualTo(taken);
  }

  @Test
  void what_nobody_works_on_any_more_need_not_wait() {
    Service left = Service.NONE.taken(CLARA, NINE).left();

    assertThat(left)
        .isEqualTo(new Service(null, null, null, null, null, List.of(), List.of(CLARA)));
  }
}
