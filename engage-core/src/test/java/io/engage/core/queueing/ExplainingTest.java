package io.engage.core.queueing;

import static io.engage.core.queueing.Workshop.NOW;
import static io.engage.core.queueing.Workshop.REPAIRS;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.Offer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("DI-2")
class ExplainingTest {

  @Test
  void each_member_is_told_apart_by_what_keeps_them() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_PAUSE, Distribution.LINEAR)
            .members("ana", "luis", "mia", "tom", "eva", "ben", "zoe", "kim", "max")
            .notPermitted("ana")
            .offline("luis")
            .onBreak("mia")
            .inCallInbox(Workshop.SHOP)
            .has("tom", Workshop.SHOP, 1, 0)
            .onThePhone("eva")
            .has("ben", REPAIRS, 1, 1)
            .waiting("watch")
            .declined("watch", Duration.ofMinutes(1), "zoe");

    assertThat(workshop.explain("watch"))
        .containsExactly(
            of("ana", Obstacle.NOT_PERMITTED),
            of("luis", Obstacle.OFFLINE),
            of("mia", Obstacle.ON_BREAK),
            of("tom", Obstacle.HANDLING),
            of("eva", Obstacle.IN_A_CALL),
            of("ben", Obstacle.AT_THE_LIMIT),
            of("zoe", Obstacle.DECLINED),
            of("max", Obstacle.NOT_THEIR_TURN));
  }

  @ParameterizedTest
  @CsvSource({
    "LINEAR, ana",
    "ROUND_ROBIN, mia",
    "LEAST_RECENT, luis",
    "FEWEST, luis",
    "RANDOM, ana luis mia",
    "WEIGHTED_RANDOM, ana luis mia"
  })
  void whose_turn_it_is_is_kept_by_nothing(Distribution distribution, String whose) {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, distribution)
            .members("ana", "luis", "mia")
            .servedToday("ana", 1, "2026-11-23T09:30:00Z")
            .servedToday("mia", 1, "2026-11-23T09:40:00Z")
            .lastServed("luis", 1)
            .waiting("watch");

    assertThat(workshop.askable()).containsExactly(whose.split(" "));
  }

  @Test
  void where_some_work_on_nothing_it_is_not_the_turn_of_those_who_do() {
    Workshop workshop =
        Workshop.with(Eligibility.OMNI, Distribution.RANDOM)
            .members("ana", "luis", "mia")
            .has("luis", REPAIRS, 1, 0)
            .waiting("watch");

    assertThat(workshop.explain("watch")).containsExactly(of("luis", Obstacle.NOT_THEIR_TURN));
  }

  @Test
  void who_declined_leaves_the_turn_to_the_next() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR)
            .members("ana", "luis")
            .waiting("watch")
            .declined("watch", Duration.ofMinutes(1), "ana");

    assertThat(workshop.explain("watch")).containsExactly(of("ana", Obstacle.DECLINED));
  }

  @Test
  void one_at_a_time_says_that_they_work() {
    Workshop workshop =
        Workshop.with(Eligibility.INTERACTION, Distribution.LINEAR)
            .members("ana")
            .has("ana", Workshop.SHOP, 1, 0)
            .waiting("watch");

    assertThat(workshop.obstacle("ana")).isEqualTo(Obstacle.WORKING);
  }

  @Test
  void of_whom_nothing_is_known_is_offline_and_a_stranger_is_no_member() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR).members("ana").waiting("watch");
    Situation full = workshop.situation();
    Situation unread =
        new Situation(full.inbox(), NOW, List.of(), full.queue(), null, full.inCallInboxes());

    assertThat(Queueing.obstacle(unread, workshop.waiter("watch"), false, AgentId.of("ana")))
        .contains(Obstacle.OFFLINE);
    assertThat(Queueing.obstacle(unread, workshop.waiter("watch"), false, AgentId.of("tom")))
        .contains(Obstacle.NOT_A_MEMBER);
    assertThat(Queueing.obstacle(full, workshop.waiter("watch"), false, AgentId.of("ana")))
        .isEmpty();
  }

  @Test
  void what_keeps_a_conversation_from_all_is_said_for_all() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR)
            .members("ana", "luis")
            .waiting("watch");

    assertThat(workshop.explain("watch").values()).containsExactly(Obstacle.NOT_THEIR_TURN);
    workshop.settings(
        each -> each.schedule(new WeeklySchedule(ZoneOffset.UTC, List.of(), Map.of())));
    assertThat(workshop.explain("watch").values()).containsOnly(Obstacle.CLOSED).hasSize(2);
    workshop.settings(each -> each.enabled(false));
    assertThat(workshop.explain("watch").values()).containsOnly(Obstacle.SWITCHED_OFF).hasSize(2);
    workshop.settings(each -> each.strategy(null));
    assertThat(workshop.explain("watch").values()).containsOnly(Obstacle.NO_STRATEGY).hasSize(2);
  }

  @Test
  @Tag("IN-8")
  void what_lies_behind_the_limit_of_the_queue_is_backlog() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR)
            .settings(each -> each.limits(new Limits(5, 2)))
            .members("ana")
            .waiting("watch", "clock", "ring");

    assertThat(workshop.explain("ring").values()).containsExactly(Obstacle.BACKLOG);
    assertThat(workshop.explain("clock")).isEmpty();
  }

  @Test
  @Tag("DI-1")
  void what_does_not_wait_is_offered_to_nobody() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR).members("ana").waiting("watch");
    Offer offer = new Offer(AgentId.of("ana"), NOW, NOW.plusSeconds(30));

    assertThat(
            Queueing.explain(
                workshop.situation(), Work.offered(workshop.waiter("watch"), offer), false))
        .containsExactly(of("ana", Obstacle.NOT_QUEUED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Eligibility.class,
      names = {"RING_ALL", "RING_ALL_MULTIPLE"})
  void everybody_who_may_picks_from_what_is_not_backlog(Eligibility eligibility) {
    Workshop workshop =
        Workshop.with(eligibility, Distribution.LINEAR)
            .settings(each -> each.limits(new Limits(1, 2)))
            .members("ana", "luis", "mia")
            .onBreak("luis")
            .waiting("watch", "clock", "ring")
            .declined("watch", Duration.ofMinutes(1), "mia");

    assertThat(workshop.askable()).containsExactly("ana", "mia");
    assertThat(pickable(workshop, "ana")).containsExactly("watch", "clock");
    assertThat(pickable(workshop, "mia")).containsExactly("watch", "clock");
    assertThat(pickable(workshop, "luis")).isEmpty();
    assertThat(pickable(workshop, "tom")).isEmpty();
  }

  @Test
  void only_where_members_pick_they_may_pick() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR).members("ana").waiting("watch");

    assertThat(pickable(workshop, "ana")).isEmpty();
  }

  @Test
  void each_obstacle_has_a_word_of_its_own_for_ever() {
    assertThat(Arrays.stream(Obstacle.values()).map(Obstacle::code))
        .containsExactly(
            "not-queued",
            "no-strategy",
            "switched-off",
            "closed",
            "backlog",
            "not-a-member",
            "not-permitted",
            "offline",
            "on-break",
            "handling",
            "in-a-call",
            "working",
            "at-the-limit",
            "declined",
            "not-their-turn");
  }

  private static List<String> pickable(Workshop workshop, String name) {
    return Queueing.pickable(workshop.situation(), AgentId.of(name)).stream()
        .map(each -> each.id().value())
        .toList();
  }

  private static Map.Entry<AgentId, Obstacle> of(String name, Obstacle obstacle) {
    return Map.entry(AgentId.of(name), obstacle);
  }
}
