package io.engage.core.queueing;

import static io.engage.core.queueing.Workshop.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.queueing.QueuePlan.Planned;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Rotation;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("DI-2")
class DistributionTest {

  @Test
  void linear_gives_to_the_first_member_who_can() {
    Workshop workshop =
        members(Distribution.LINEAR).onBreak("ana").waiting("watch", "clock", "ring");

    assertThat(workshop.offers()).containsExactly("watch to luis", "clock to luis", "ring to mia");
  }

  @Test
  void rrmemory_goes_on_behind_whoever_was_served_last() {
    Workshop workshop =
        members(Distribution.ROUND_ROBIN).lastServed("luis", 1).waiting("watch", "clock", "ring");

    assertThat(workshop.offers()).containsExactly("watch to mia", "clock to ana", "ring to luis");
  }

  @Test
  void rrmemory_begins_with_the_first_member() {
    Workshop workshop = members(Distribution.ROUND_ROBIN).waiting("watch", "clock");

    assertThat(workshop.offers()).containsExactly("watch to ana", "clock to luis");
  }

  @Test
  void rrmemory_remembers_each_turn_with_the_version_that_its_commit_gives() {
    Workshop workshop =
        members(Distribution.ROUND_ROBIN).lastServed("luis", 1).waiting("watch", "clock");

    List<Planned> offers = workshop.plan().offers();

    assertThat(offers)
        .extracting(Planned::rotation)
        .containsExactly(
            new Rotation(Workshop.REPAIRS, AgentId.of("mia"), 2, 4),
            new Rotation(Workshop.REPAIRS, AgentId.of("ana"), 0, 5));
  }

  @Test
  void rrmemory_goes_on_with_those_who_work_from_behind_the_free_ones_who_were_served() {
    Workshop workshop =
        Workshop.with(Eligibility.OMNI, Distribution.ROUND_ROBIN)
            .members("ana", "luis", "mia", "tom")
            .has("luis", Workshop.REPAIRS, 1, 0)
            .has("tom", Workshop.REPAIRS, 1, 0)
            .waiting("watch", "clock", "ring", "chain");

    assertThat(workshop.offers())
        .containsExactly("watch to ana", "clock to mia", "ring to tom", "chain to ana");
  }

  @Test
  void leastrecent_gives_to_whoever_was_served_the_longest_time_ago() {
    Workshop workshop =
        members(Distribution.LEAST_RECENT)
            .servedToday("ana", 1, "2026-11-23T09:30:00Z")
            .servedToday("luis", 5, "2026-11-23T09:00:00Z")
            .waiting("watch", "clock", "ring", "chain", "bell", "strap");

    assertThat(workshop.offers())
        .containsExactly(
            "watch to mia",
            "clock to luis",
            "ring to ana",
            "chain to mia",
            "bell to luis",
            "strap to ana");
  }

  @Test
  void fewest_gives_to_whoever_was_served_the_fewest_times_today() {
    Workshop workshop =
        members(Distribution.FEWEST)
            .limit(9)
            .servedToday("ana", 3, "2026-11-23T08:30:00Z")
            .servedToday("luis", 1, "2026-11-23T09:00:00Z")
            .servedToday("mia", 1, "2026-11-23T08:59:00Z")
            .waiting("watch", "clock", "ring", "chain", "bell");

    assertThat(workshop.offers())
        .containsExactly(
            "watch to mia", "clock to luis", "ring to mia", "chain to luis", "bell to ana");
  }

  @Test
  void fewest_forgets_what_was_before_today_in_the_time_zone_of_the_inbox() {
    Workshop workshop =
        members(Distribution.FEWEST)
            .settings(each -> each.schedule(WeeklySchedule.always(ZoneOffset.ofHours(14))))
            .session("ana", each -> each.served(Workshop.REPAIRS, LocalDate.of(2026, 11, 23), NOW))
            .session("luis", each -> each.served(Workshop.REPAIRS, LocalDate.of(2026, 11, 24), NOW))
            .session("mia", each -> each.served(Workshop.REPAIRS, LocalDate.of(2026, 11, 24), NOW))
            .waiting("watch");

    List<Planned> offers = workshop.plan().offers();

    assertThat(offers).extracting(each -> each.to().name()).containsExactly("Ana");
    assertThat(offers.get(0).session().served().get(Workshop.REPAIRS).day())
        .isEqualTo(LocalDate.of(2026, 11, 24));
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void whatever_decides_everybody_gets_up_to_the_limit_and_nobody_more(Distribution distribution) {
    Workshop workshop =
        members(distribution).waiting("watch", "clock", "ring", "chain", "bell", "strap", "case");

    QueuePlan plan = workshop.plan();

    assertThat(plan.offers())
        .extracting(each -> each.offer().to().value())
        .containsExactlyInAnyOrder("ana", "ana", "luis", "luis", "mia", "mia");
    assertThat(plan.hasRoom()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  @Tag("DI-4")
  void who_declined_is_not_asked_again_for_ten_minutes_but_others_are(Distribution distribution) {
    Workshop workshop =
        members(distribution)
            .waiting("watch")
            .declined("watch", Duration.ofSeconds(599), "ana", "luis");

    assertThat(workshop.offers()).containsExactly("watch to mia");
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  @Tag("DI-4")
  void what_everybody_declined_keeps_its_place_and_holds_nobody_up(Distribution distribution) {
    Workshop workshop =
        members(distribution)
            .limit(1)
            .waiting("watch", "clock", "ring", "chain")
            .declined("watch", Duration.ofMinutes(1), "ana", "luis", "mia");

    assertThat(workshop.plan().offers())
        .extracting(each -> each.conversation().id().value())
        .containsExactly("clock", "ring", "chain");
  }

  @Test
  @Tag("DI-4")
  void ten_minutes_later_they_are_asked_again() {
    Workshop workshop =
        members(Distribution.LINEAR)
            .waiting("watch")
            .declined("watch", Duration.ofMinutes(10), "ana");

    assertThat(workshop.offers()).containsExactly("watch to ana");
  }

  @Test
  @Tag("DI-4")
  void an_offer_is_everything_that_its_commit_stores() {
    Workshop workshop =
        members(Distribution.LINEAR)
            .settings(
                each ->
                    each.strategy(
                        Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR)
                            .withPatience(Duration.ofSeconds(45))))
            .waiting("watch", "clock");

    List<Planned> offers = workshop.plan().offers();

    assertThat(offers.get(0).conversation().queueState()).isEqualTo(QueueState.OFFERED);
    assertThat(offers.get(0).conversation().state().service().waitingSince())
        .isEqualTo(workshop.waiter("watch").state().service().waitingSince());
    assertThat(offers.get(0).offer())
        .isEqualTo(new Offer(AgentId.of("ana"), NOW, NOW.plusSeconds(45)));
    assertThat(offers.get(0).rotation()).isNull();
    assertThat(offers)
        .extracting(each -> each.session().served().get(Workshop.REPAIRS).today())
        .containsExactly(1, 2);
    assertThat(offers).extracting(each -> each.session().version()).containsExactly(1L, 2L);
  }

  @Test
  @Tag("IN-8")
  void past_the_limit_of_the_queue_nothing_is_offered_and_it_moves_up_by_itself() {
    Workshop workshop =
        members(Distribution.LINEAR)
            .settings(each -> each.limits(new Limits(5, 2)))
            .waiting("watch", "clock", "ring");

    QueuePlan plan = workshop.plan();

    assertThat(plan.offers())
        .extracting(each -> each.conversation().id().value())
        .containsExactly("watch", "clock");
    assertThat(plan.hasRoom()).isTrue();
  }

  @Test
  @Tag("IN-8")
  void where_the_whole_queue_was_declined_the_backlog_is_not_read_in_vain() {
    Workshop workshop =
        members(Distribution.LINEAR)
            .leaves("luis")
            .leaves("mia")
            .settings(each -> each.limits(new Limits(5, 2)))
            .waiting("watch", "clock", "ring")
            .declined("watch", Duration.ofMinutes(1), "ana")
            .declined("clock", Duration.ofMinutes(1), "ana");

    assertThat(workshop.plan()).isEqualTo(QueuePlan.NOTHING);
  }

  @Test
  @Tag("DI-4")
  void where_all_that_was_read_was_declined_more_is_worth_reading() {
    Workshop workshop =
        members(Distribution.LINEAR)
            .leaves("luis")
            .leaves("mia")
            .waiting("watch")
            .declined("watch", Duration.ofMinutes(1), "ana");

    assertThat(workshop.plan()).isEqualTo(new QueuePlan(List.of(), true));
  }

  @Test
  @Tag("DI-4")
  void nothing_is_offered_while_an_inbox_is_closed_switched_off_or_without_a_strategy() {
    assertThat(
            List.of(
                members(Distribution.LINEAR).settings(each -> each.enabled(false)),
                members(Distribution.LINEAR).settings(each -> each.strategy(null)),
                members(Distribution.LINEAR)
                    .settings(
                        each ->
                            each.schedule(
                                WeeklySchedule.always(ZoneOffset.UTC)
                                    .withException(Workshop.TODAY)))))
        .allSatisfy(
            workshop -> assertThat(workshop.waiting("watch").plan()).isEqualTo(QueuePlan.NOTHING));
  }

  @Test
  void what_others_have_taken_meanwhile_and_who_is_no_member_are_passed_over() {
    Workshop workshop = members(Distribution.LINEAR).waiting("watch", "clock");
    Situation read = workshop.situation();
    AgentId ana = AgentId.of("ana");
    Situation now =
        new Situation(
            workshop.leaves("luis").leaves("mia").inbox(),
            NOW,
            read.candidates(),
            read.queue(),
            null,
            read.inCallInboxes());
    now =
        now.withQueue(
            List.of(Work.taken(read.queue().get(0), AgentId.of("tom"), NOW), read.queue().get(1)));

    QueuePlan plan = Queueing.decide(now, Explaining.NO_CHANCE);

    assertThat(plan.offers())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.conversation().id().value()).isEqualTo("clock");
              assertThat(each.to().id()).isEqualTo(ana);
            });
  }

  @Test
  @Tag("DI-1")
  void inboxes_that_share_members_take_turns_by_who_waits_longest() {
    assertThat(
            Queueing.order(
                List.of(
                    Workshop.waiter("watch", Workshop.REPAIRS, NOW.minusSeconds(5)),
                    Workshop.waiter("bill", Workshop.SHOP, NOW.minusSeconds(9)))))
        .containsExactly(Workshop.SHOP, Workshop.REPAIRS);
  }

  @Test
  @Tag("DI-1")
  void what_is_urgent_in_one_inbox_goes_before_what_has_not_waited_much_longer_in_another() {
    Conversation urgent = Workshop.waiter("watch", Workshop.REPAIRS, NOW);

    assertThat(
            Queueing.order(
                List.of(
                    Workshop.waiter("bill", Workshop.SHOP, NOW.minusSeconds(599)),
                    urgent.withState(urgent.state().withPriority(90)))))
        .containsExactly(Workshop.REPAIRS, Workshop.SHOP);
    assertThat(
            Queueing.order(
                List.of(
                    urgent.withState(urgent.state().withPriority(90)),
                    Workshop.waiter("bill", Workshop.SHOP, NOW.minusSeconds(601)))))
        .containsExactly(Workshop.SHOP, Workshop.REPAIRS);
  }

  private static Workshop members(Distribution distribution) {
    return Workshop.with(Eligibility.NO_CALL, distribution).members("ana", "luis", "mia");
  }
}
