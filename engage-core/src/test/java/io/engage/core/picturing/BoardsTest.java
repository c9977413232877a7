package io.engage.core.picturing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.Colour;
import io.engage.model.queue.DayFigures;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.Service;
import io.engage.model.queue.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DI-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BoardsTest {
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final AgentId CLARA = Shop.CLARA.id();
  private static final AgentId DIRK = Shop.DIRK.id();
  private static final Inbox WORKSHOP =
      Shop.workshop()
          .withSettings(
              InboxSettings.usual()
                  .change()
                  .members(List.of(Member.of("dirk"), Member.of("clara")))
                  .limits(new Limits(5, 2))
                  .serviceLevel(
                      new ServiceLevel(
                          Duration.ofMinutes(30),
                          Duration.ofHours(1),
                          Duration.ofHours(2),
                          Duration.ofHours(1),
                          3))
                  .schedule(WeeklySchedule.always(LISBON))
                  .build());

  private final Boards boards = new Boards();

  BoardsTest() {
    boards.open(WORKSHOP, List.of(), NINE);
  }

  @Test
  void who_waits_and_who_works_is_counted() {
    put(waiting("a", NINE));
    put(offered("b", NINE.minusSeconds(60), CLARA));
    put(active("c", CLARA, NINE.plusSeconds(30)));
    put(active("d", DIRK, NINE.plusSeconds(20)));

    InboxPicture picture = picture();

    assertThat(picture.now())
        .isEqualTo(new QueueStanding(1, 1, 2, NINE.minusSeconds(60), NINE.plusSeconds(20)));
    assertThat(of(CLARA, picture).active()).isEqualTo(1);
    assertThat(of(CLARA, picture).offered()).isEqualTo(1);
    assertThat(of(DIRK, picture).active()).isEqualTo(1);
  }

  @Test
  void who_is_behind_the_limit_of_the_queue_is_backlog() {
    put(waiting("a", NINE));
    put(waiting("b", NINE));
    put(waiting("c", NINE));

    assertThat(picture().now().queued()).isEqualTo(3);
    assertThat(picture().backlog()).isEqualTo(1);
  }

  @Test
  void what_is_answered_or_goes_elsewhere_is_counted_no_more() {
    put(waiting("a", NINE));
    put(waiting("b", NINE.plusSeconds(1)));

    put(conversation("a", with(Service.arrived(NINE).answered(CLARA, NINE.plusSeconds(60)))));
    put(waiting("b", NINE.plusSeconds(1)).in(Shop.shop().id()));

    assertThat(picture().now()).isEqualTo(QueueStanding.EMPTY);
    assertThat(boards.has(ConversationId.of("b"))).isFalse();
  }

  @Test
  void to_be_told_twice_or_of_an_older_state_changes_nothing() {
    Conversation older = waiting("a", NINE).withVersion(3);
    Conversation newer = active("a", CLARA, NOON).withVersion(4);

    put(newer);
    put(newer);
    put(older);

    assertThat(picture().now()).isEqualTo(new QueueStanding(0, 0, 1, null, NOON));
  }

  @Test
  void the_service_level_is_the_part_that_was_answered_in_time() {
    put(answeredAfter("a", Duration.ofMinutes(10)));
    put(answeredAfter("b", Duration.ofMinutes(30)));
    put(answeredAfter("c", Duration.ofMinutes(50)));
    put(waiting("d", NOON.minus(Duration.ofHours(2)).minusSeconds(1)));
    put(waiting("e", NOON.minus(Duration.ofHours(2))));

    DayFigures today = picture().today();

    assertThat(today)
        .isEqualTo(new DayFigures(3, 2, 1, Duration.ofMinutes(30), Duration.ofMinutes(50), 0, 0));
    assertThat(today.serviceLevel()).hasValue(2.0 / 3);
    assertThat(today.serviceLevelWithAbandoned()).hasValue(2.0 / 4);
  }

  @Test
  void before_the_first_answer_there_is_no_service_level() {
    DayFigures today = picture().today();

    assertThat(today).isEqualTo(DayFigures.EMPTY);
    assertThat(today.serviceLevel()).isEmpty();
    assertThat(today.serviceLevelWithAbandoned()).isEmpty();
  }

  @Test
  void whoever_is_answered_at_last_counts_as_abandoned_no_more() {
    put(waiting("a", NINE.minus(Duration.ofHours(3))));
    int before = picture().today().abandoned();

    put(answeredAfter("a", Duration.ofHours(6)));

    assertThat(before).isEqualTo(1);
    assertThat(picture().today())
        .isEqualTo(new DayFigures(1, 0, 0, Duration.ofHours(6), Duration.ofHours(6), 0, 0));
  }

  @Test
  void who_was_answered_in_time_and_asks_again_does_not_count_as_abandoned_besides() {
    Service asksAgain = Service.arrived(NINE).answered(CLARA, NINE.plusSeconds(60)).waiting(NINE);
    put(conversation("a", with(asksAgain)));

    InboxPicture picture = picture(NINE.plus(Duration.ofHours(3)));

    assertThat(picture.now().longestWaiting()).isEqualTo(NINE);
    assertThat(picture.today().abandoned()).isZero();
    assertThat(picture.today().serviceLevelWithAbandoned()).hasValue(1);
  }

  @Test
  void completed_counts_apart_for_what_customers_and_what_agents_began() {
    put(completed("a", CLARA, Service.arrived(NINE)));
    put(completed("b", CLARA, Service.NONE));
    put(completed("c", DIRK, Service.NONE));
    put(completed("bounce", null, Service.NONE));

    InboxPicture picture = picture();

    assertThat(picture.today().completedIn()).isEqualTo(1);
    assertThat(picture.today().completedOut()).isEqualTo(2);
    assertThat(of(CLARA, picture).completedIn()).isEqualTo(1);
    assertThat(of(CLARA, picture).completedOut()).isEqualTo(1);
    assertThat(of(DIRK, picture).completedOut()).isEqualTo(1);
  }

  @Test
  void what_nobody_waited_for_and_nobody_did_is_not_kept() {
    put(completed("newsletter", null, Service.NONE));
    put(completed("forgotten", null, Service.arrived(NINE)));
    put(completed("call", DIRK, Service.NONE));

    assertThat(boards.has(ConversationId.of("newsletter"))).isFalse();
    assertThat(boards.has(ConversationId.of("forgotten"))).isTrue();
    assertThat(boards.has(ConversationId.of("call"))).isTrue();
  }

  @Test
  void whoever_answered_has_completed_what_nobody_had_taken() {
    put(completed("a", null, Service.arrived(NINE).answered(DIRK, NINE.plusSeconds(9))));

    assertThat(of(DIRK, picture()).completedIn()).isEqualTo(1);
  }

  @Test
  void what_was_done_yesterday_is_forgotten_at_midnight_where_the_inbox_is() {
    boards.open(tokyo(), List.of(), NINE);
    put(completed("a", CLARA, Service.arrived(NINE)));
    put(waiting("b", NINE));
    Instant midnight = Instant.parse("2026-03-02T15:00:00Z");

    boards.set(tokyo(), midnight.minusSeconds(1));
    InboxPicture evening = picture(midnight.minusSeconds(1));
    boards.set(tokyo(), midnight);
    InboxPicture next = picture(midnight);

    assertThat(evening.today().completedIn()).isEqualTo(1);
    assertThat(next.today().completedIn()).isZero();
    assertThat(next.now().queued()).isEqualTo(1);
    assertThat(boards.has(ConversationId.of("a"))).isFalse();
  }

  @Test
  void what_is_done_after_midnight_and_told_before_anybody_looked_at_the_clock_counts() {
    boards.open(tokyo(), List.of(), NINE);
    Instant midnight = Instant.parse("2026-03-02T15:00:00Z");
    put(completed("a", CLARA, Service.arrived(NINE), midnight.plusSeconds(1)));
    int before = picture(midnight.minusSeconds(1)).today().completedIn();

    boards.set(tokyo(), midnight.plusSeconds(2));

    assertThat(before).isZero();
    assertThat(picture(midnight.plusSeconds(2)).today().completedIn()).isEqualTo(1);
  }

  private static Inbox tokyo() {
    return WORKSHOP.withSettings(
        WORKSHOP
            .settings()
            .change()
            .schedule(WeeklySchedule.always(ZoneId.of("Asia/Tokyo")))
            .build());
  }

  @Test
  void another_goal_counts_what_was_answered_anew() {
    put(answeredAfter("a", Duration.ofMinutes(50)));
    ServiceLevel patient =
        new ServiceLevel(
            Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1), 3);

    boards.set(
        WORKSHOP.withSettings(WORKSHOP.settings().change().serviceLevel(patient).build()), NOON);

    assertThat(picture().today().inTime()).isEqualTo(1);
  }

  @Test
  void an_agent_is_shown_with_state_break_call_channels_and_since_when() {
    put(active("a", CLARA, NINE));
    boards.arrive(
        new AgentStanding(
            CLARA,
            session(Shop.CLARA, NINE).paused("lunch", NOON),
            List.of(new AgentLoad(WORKSHOP.id(), Channel.EMAIL, 1, 0)),
            false));

    AgentPicture clara =
        of(CLARA, boards.picture(WORKSHOP.id(), Map.of(CLARA, CallState.IN_CALL), NOON));

    assertThat(clara)
        .isEqualTo(
            new AgentPicture(
                CLARA,
                "Clara Rossi",
                AgentState.BUSY_ON_BREAK,
                NOON,
                "lunch",
                CallState.IN_CALL,
                Set.of(Channel.EMAIL),
                1,
                0,
                0,
                0));
  }

  @Test
  void members_come_in_their_order_and_then_who_else_has_something() {
    put(active("a", AgentId.of("zoe"), NINE));
    put(active("b", AgentId.of("eve"), NINE));

    assertThat(picture().agents())
        .extracting(each -> each.agent().value())
        .containsExactly("dirk", "clara", "eve", "zoe");
  }

  @Test
  void who_was_never_there_is_offline_since_nobody_knows_when() {
    AgentPicture clara = of(CLARA, picture());

    assertThat(clara.state()).isEqualTo(AgentState.OFFLINE);
    assertThat(clara.since()).isNull();
    assertThat(clara.name()).isEqualTo("clara");
  }

  @Test
  void work_in_another_inbox_makes_busy_too() {
    boards.arrive(
        new AgentStanding(
            CLARA,
            session(Shop.CLARA, NINE),
            List.of(new AgentLoad(Shop.shop().id(), Channel.SMS, 1, 0)),
            false));

    AgentPicture clara = of(CLARA, picture());

    assertThat(clara.state()).isEqualTo(AgentState.BUSY);
    assertThat(clara.channels()).containsExactly(Channel.SMS);
    assertThat(clara.active()).isZero();
  }

  @Test
  @Tag("DI-3")
  void time_in_state_runs_from_the_last_change_of_the_word_or_of_the_break() {
    AgentSession there = session(Shop.CLARA, NINE);
    boards.arrive(new AgentStanding(CLARA, there, List.of(), false));

    boards.put(busy(there, 1), NINE.plusSeconds(10));
    boards.put(busy(there, 2), NINE.plusSeconds(20));
    Instant busy = of(CLARA, picture()).since();
    boards.put(busy(there.paused("lunch", NINE.plusSeconds(30)), 2), NINE.plusSeconds(30));
    boards.put(busy(there.paused("coffee", NINE.plusSeconds(40)), 2), NINE.plusSeconds(40));
    Instant coffee = of(CLARA, picture()).since();
    boards.put(new AgentStanding(CLARA, there, List.of(), false), NINE.plusSeconds(50));

    assertThat(busy).isEqualTo(NINE.plusSeconds(10));
    assertThat(coffee).isEqualTo(NINE.plusSeconds(40));
    assertThat(of(CLARA, picture()).since()).isEqualTo(NINE.plusSeconds(50));
  }

  @Test
  @Tag("DI-3")
  void who_is_first_looked_at_has_been_busy_since_the_first_of_what_overlaps() {
    put(completedBetween("a", NINE, NINE.plusSeconds(600)));
    put(completedBetween("b", NINE.plusSeconds(300), NINE.plusSeconds(1200)));
    put(active("c", CLARA, NINE.plusSeconds(900)));

    boards.arrive(busy(session(Shop.CLARA, NINE.minusSeconds(60)), 1));

    assertThat(of(CLARA, picture()).since()).isEqualTo(NINE);
  }

  @Test
  @Tag("DI-3")
  void who_is_first_looked_at_has_been_free_since_the_last_thing_was_done() {
    put(completedBetween("a", NINE, NINE.plusSeconds(600)));

    boards.arrive(new AgentStanding(CLARA, session(Shop.CLARA, NINE), List.of(), false));

    assertThat(of(CLARA, picture()).since()).isEqualTo(NINE.plusSeconds(600));
  }

  @Test
  @Tag("DI-2")
  void who_works_where_that_is_a_break_by_itself_is_on_break_wherever_they_are_seen() {
    AgentSession there = session(Shop.CLARA, NINE);
    List<AgentLoad> calls = List.of(new AgentLoad(Shop.shop().id(), Channel.EMAIL, 1, 0));
    Set<InboxId> inCall = Set.of(Shop.shop().id());
    boards.arrive(new AgentStanding(CLARA, there, List.of(), false));

    boards.put(AgentStanding.decide(CLARA, there, calls, inCall), NOON);
    AgentPicture handling = of(CLARA, picture());
    boards.put(AgentStanding.decide(CLARA, there.paused("lunch", NOON), calls, inCall), NOON);
    AgentPicture lunch = of(CLARA, picture());
    boards.put(AgentStanding.decide(CLARA, there, List.of(), inCall), NOON.plusSeconds(1));
    AgentPicture after = of(CLARA, picture());

    assertThat(handling.state()).isEqualTo(AgentState.BUSY_ON_BREAK);
    assertThat(handling.pause()).isEqualTo(AgentSession.HANDLING);
    assertThat(handling.since()).isEqualTo(NOON);
    assertThat(lunch.pause()).isEqualTo("lunch");
    assertThat(after.state()).isEqualTo(AgentState.FREE);
    assertThat(after.pause()).isNull();
  }

  @Test
  @Tag("DI-2")
  void who_has_gone_home_or_is_only_asked_is_not_on_that_break() {
    AgentSession gone = session(Shop.CLARA, NINE).signedOut(NOON);
    List<AgentLoad> calls = List.of(new AgentLoad(Shop.shop().id(), Channel.EMAIL, 1, 0));
    List<AgentLoad> asked = List.of(new AgentLoad(Shop.shop().id(), Channel.EMAIL, 0, 1));
    Set<InboxId> inCall = Set.of(Shop.shop().id());

    AgentStanding home = AgentStanding.decide(CLARA, gone, calls, inCall);
    AgentStanding free = AgentStanding.decide(CLARA, session(Shop.CLARA, NINE), asked, inCall);

    assertThat(home.state()).isEqualTo(AgentState.OFFLINE);
    assertThat(home.pause()).isNull();
    assertThat(free.state()).isEqualTo(AgentState.FREE);
    assertThat(free.pause()).isNull();
  }

  @Test
  @Tag("IN-9")
  void what_crossed_its_threshold_is_red() {
    put(waiting("a", NOON.minus(Duration.ofHours(1)).minusSeconds(1)));
    put(active("b", CLARA, NOON.minus(Duration.ofMinutes(50))));

    assertThat(picture().colours())
        .containsEntry(Threshold.LONGEST_WAIT, Colour.RED)
        .containsEntry(Threshold.ABANDONED, Colour.GREEN)
        .containsEntry(Threshold.LONGEST_HANDLING, Colour.YELLOW)
        .containsEntry(Threshold.MOST_WAITING, Colour.GREEN);
  }

  @Test
  void an_inbox_that_is_switched_off_is_not_open() {
    boards.set(WORKSHOP.withSettings(WORKSHOP.settings().change().enabled(false).build()), NOON);

    assertThat(picture().open()).isFalse();
  }

  @Test
  void only_an_inbox_of_which_something_changed_may_look_otherwise() {
    boards.open(Shop.shop(), List.of(), NINE);
    Set<InboxId> atFirst = stirred(NINE);
    Set<InboxId> quiet = stirred(NINE.plusSeconds(1));

    put(active("a", DIRK, NINE));
    Set<InboxId> taken = stirred(NINE.plusSeconds(2));
    put(active("a", DIRK, NINE));
    Set<InboxId> toldTwice = stirred(NINE.plusSeconds(3));

    assertThat(atFirst).containsExactlyInAnyOrder(WORKSHOP.id(), Shop.shop().id());
    assertThat(quiet).isEmpty();
    assertThat(taken).containsExactly(WORKSHOP.id());
    assertThat(toldTwice).isEmpty();
  }

  @Test
  void an_agent_stirs_the_inboxes_in_which_they_are_seen_and_no_others() {
    boards.open(Shop.shop(), List.of(), NINE);
    boards.arrive(new AgentStanding(CLARA, session(Shop.CLARA, NINE), List.of(), false));
    stirred(NINE);

    boards.put(busy(session(Shop.CLARA, NINE), 1), NOON);
    Set<InboxId> busy = stirred(NOON);
    Set<InboxId> phoning = boards.stirred(Map.of(CLARA, CallState.IN_CALL), NOON);
    Set<InboxId> stillPhoning = boards.stirred(Map.of(CLARA, CallState.IN_CALL), NOON);
    Set<InboxId> hungUp = stirred(NOON);

    assertThat(busy).containsExactly(WORKSHOP.id());
    assertThat(phoning).containsExactly(WORKSHOP.id());
    assertThat(stillPhoning).isEmpty();
    assertThat(hungUp).containsExactly(WORKSHOP.id());
  }

  @Test
  void time_alone_stirs_an_inbox_in_which_somebody_waits_for_too_long() {
    put(waiting("a", NINE));
    stirred(NINE);

    Set<InboxId> before = stirred(NINE.plus(Duration.ofMinutes(48)));
    Set<InboxId> near = stirred(NINE.plus(Duration.ofMinutes(49)));
    Set<InboxId> abandoned = stirred(NINE.plus(Duration.ofHours(2)).plusSeconds(1));
    Set<InboxId> after = stirred(NINE.plus(Duration.ofHours(2)).plusSeconds(2));

    assertThat(before).isEmpty();
    assertThat(near).containsExactly(WORKSHOP.id());
    assertThat(abandoned).containsExactly(WORKSHOP.id());
    assertThat(after).isEmpty();
  }

  @Test
  void who_has_nothing_left_and_is_no_member_is_not_seen_any_more() {
    AgentId eve = AgentId.of("eve");
    put(active("a", eve, NINE));
    Set<AgentId> met = Set.copyOf(boards.strangers());
    boards.arrive(new AgentStanding(eve, null, List.of(), false));
    put(active("a", CLARA, NOON));

    Set<AgentId> strangers = boards.strangers();

    assertThat(met).containsExactlyInAnyOrder(CLARA, DIRK, eve);
    assertThat(strangers).isEmpty();
    assertThat(boards.agents()).containsExactlyInAnyOrder(CLARA, DIRK);
    assertThat(boards.knows(eve)).isFalse();
  }

  @Test
  void an_agent_whose_only_conversation_changes_is_known_all_the_while() {
    AgentId eve = AgentId.of("eve");
    put(active("a", eve, NINE));
    boards.strangers();
    boards.arrive(new AgentStanding(eve, null, List.of(), false));

    put(active("a", eve, NOON).withVersion(2));

    assertThat(boards.strangers()).isEmpty();
    assertThat(boards.knows(eve)).isTrue();
  }

  @Test
  void who_is_seen_in_no_inbox_that_is_watched_is_forgotten() {
    boards.strangers();
    boards.arrive(busy(session(Shop.CLARA, NINE), 1));

    boards.close(WORKSHOP.id());

    assertThat(boards.agents()).isEmpty();
    assertThat(boards.strangers()).isEmpty();
    assertThat(boards.busy()).isEmpty();
  }

  /** Who comes is told what they have: to look at all rows for each of them takes many minutes. */
  @Test
  @Tag("PO-2")
  void to_meet_all_agents_costs_no_more_than_to_count_what_they_have() {
    int agents = 20_000;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5 * agents; i++) {
      rows.add(Row.of(active("c" + i, AgentId.of("agent-" + i % agents), NINE)));
    }

    long start = System.nanoTime();
    boards.open(WORKSHOP, rows, NINE);
    long opened = System.nanoTime();
    boards
        .strangers()
        .forEach(each -> boards.arrive(new AgentStanding(each, null, List.of(), false)));
    long met = System.nanoTime();

    assertThat(boards.agents()).hasSize(agents + 2);
    assertThat(met - opened).isLessThan(10 * (opened - start) + 1_000_000_000L);
  }

  private Set<InboxId> stirred(Instant at) {
    return boards.stirred(Map.of(), at);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatever_happens_the_figures_are_those_of_counting_anew(long seed) {
    Random random = new Random(seed);
    Map<String, Conversation> all = new HashMap<>();
    Instant now = NINE;
    for (int step = 1; step <= 2000; step++) {
      now = now.plusSeconds(random.nextInt(90));
      Conversation next = random(random, now, step);
      all.put(next.id().value(), next);
      put(next);
      boards.set(WORKSHOP, now);
    }

    Boards anew = new Boards();
    List<Row> rows = new ArrayList<>();
    all.values().forEach(each -> rows.add(Row.of(each)));
    anew.open(WORKSHOP, rows, now);

    assertThat(picture(now)).isEqualTo(anew.picture(WORKSHOP.id(), Map.of(), now));
    assertThat(boards.agents()).isEqualTo(anew.agents());
    assertThat(picture(now).now().queued()).isPositive();
  }

  private static Conversation random(Random random, Instant now, int version) {
    String id = "c" + random.nextInt(60);
    AgentId agent = random.nextBoolean() ? CLARA : DIRK;
    Instant earlier = now.minusSeconds(random.nextInt(20_000));
    Conversation any =
        switch (random.nextInt(7)) {
          case 0, 1 -> waiting(id, earlier);
          case 2 -> offered(id, earlier, agent);
          case 3 -> active(id, agent, earlier);
          case 4 -> conversation(id, with(Service.arrived(earlier).answered(agent, now)));
          case 5 -> completed(id, agent, Service.arrived(earlier).answered(agent, now), now);
          default -> waiting(id, earlier).withCounts(0, 0);
        };
    Conversation placed = random.nextInt(5) == 0 ? any.in(Shop.shop().id()) : any;
    return placed.withVersion(version);
  }

  private void put(Conversation conversation) {
    boards.put(Row.of(conversation));
  }

  private InboxPicture picture() {
    return picture(NOON);
  }

  private InboxPicture picture(Instant now) {
    return boards.picture(WORKSHOP.id(), Map.of(), now);
  }

  private static AgentPicture of(AgentId agent, InboxPicture picture) {
    return picture.agents().stream()
        .filter(each -> each.agent().equals(agent))
        .findFirst()
        .orElseThrow();
  }

  private static AgentSession session(Agent agent, Instant since) {
    return AgentSession.never(agent, since).signedIn(agent, since);
  }

  private static AgentStanding busy(AgentSession session, int active) {
    return new AgentStanding(
        CLARA, session, List.of(new AgentLoad(WORKSHOP.id(), Channel.EMAIL, active, 0)), false);
  }

  private static Conversation waiting(String id, Instant since) {
    return conversation(id, with(Service.arrived(since)));
  }

  private static Conversation offered(String id, Instant since, AgentId to) {
    return conversation(
        id, with(Service.arrived(since).offered(new Offer(to, since, since.plusSeconds(30)))));
  }

  private static Conversation active(String id, AgentId agent, Instant at) {
    return conversation(id, with(Service.arrived(at).taken(agent, at)).withAssignee(agent));
  }

  private static Conversation answeredAfter(String id, Duration wait) {
    return conversation(id, with(Service.arrived(NOON.minus(wait)).answered(CLARA, NOON)))
        .withVersion(9);
  }

  private static Conversation completed(String id, @Nullable AgentId agent, Service service) {
    return completed(id, agent, service, NOON);
  }

  private static Conversation completed(
      String id, @Nullable AgentId agent, Service service, Instant at) {
    return conversation(id, with(service.over()).withAssignee(agent).withCompletedAt(at));
  }

  private static Conversation completedBetween(String id, Instant from, Instant until) {
    return completed(id, CLARA, Service.arrived(from).taken(CLARA, from), until);
  }

  private static Conversation.State with(Service service) {
    return Conversation.State.NEW.withService(service);
  }

  private static Conversation conversation(String id, Conversation.State state) {
    return Shop.conversation(id, WORKSHOP, Shop.ANA).withState(state);
  }
}
