package io.engage.core.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.queueing.Days.Story;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.inbox.WeeklySchedule.Window;
import io.engage.model.mailbox.AccountId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weeks of arrivals with fixed seeds and a clock that only events move. Whatever is offered, {@link
 * Days} looks whether the limit holds, whether somebody waits in vain and whether anybody is
 * overtaken.
 */
@Tag("DI-1")
@Tag("DI-2")
class SimulationTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
  private static final int AGENTS = 12;
  private static final int LIMIT = 2;
  private static final int URGENT = 1;
  private static final int ORDINARY = 100;

  /**
   * The bound on the wait of the oldest: while it waits, everybody who is there works on what was
   * there before it, so what they could work in that time is no more than that, and what was lost
   * by offers that came to nothing.
   */
  @ParameterizedTest
  @EnumSource(Distribution.class)
  void nobody_waits_longer_than_the_work_that_was_there_before_them_takes(
      Distribution distribution) {
    Days days =
        new Days(distribution.ordinal() + 1L, MONDAY)
            .inbox(workshop(Strategy.of(Eligibility.NO_CALL, distribution), Limits.USUAL.queued()))
            .moods(0.08, 0.04);
    int written = aWeek(days, 200);

    Collection<Story> stories = days.pass();

    assertThat(stories).hasSize(written).allMatch(each -> each.begun.isBefore(Instant.MAX));
    List<Story> everOffered = stories.stream().filter(each -> !each.wasRefused).toList();
    assertThat(everOffered)
        .hasSizeGreaterThan(written / 2)
        .allSatisfy(
            each ->
                assertThat(each.capacityMeanwhile)
                    .isLessThanOrEqualTo(each.workAhead + each.lostMeanwhile + heldSeats()));
    assertThat(longest(stories)).isGreaterThan(Duration.ofHours(8)); // over the night
    assertThat(stories)
        .anyMatch(each -> each.refusals > 0)
        .allSatisfy(SimulationTest::requireBounded);
  }

  /**
   * What is refused is overtaken while it is offered in vain, and by those who take others instead
   * of it until they are asked again; by so many, and no more.
   */
  private static void requireBounded(Story story) {
    int seats = AGENTS * LIMIT;
    long rest = Queueing.REST.plusMinutes(1).toSeconds();
    double idle = story.refusals * (seats * Days.PATIENCE.toSeconds() + (double) LIMIT * rest);
    assertThat(story.capacityMeanwhile)
        .isLessThanOrEqualTo(
            story.workAhead + story.workOfLaterOnes + story.lostMeanwhile + heldSeats() + idle);
    assertThat(story.overtakers)
        .isLessThanOrEqualTo((story.refusals + 1) * (seats + LIMIT * (int) (1 + rest / 60)));
  }

  /**
   * For two days more urgent ones come than the team can do. Nobody who is urgent goes before one
   * who is not and has waited 99 minutes longer: from then on, only what was there before it is
   * done before it.
   */
  @ParameterizedTest
  @ValueSource(longs = 51)
  void however_many_urgent_ones_come_every_ordinary_one_has_its_turn(long seed) {
    Days days =
        new Days(seed, MONDAY)
            .inbox(alwaysOpen(Strategy.of(Eligibility.NO_CALL, Distribution.LEAST_RECENT)))
            .moods(0.08, 0.04)
            .settledAgainst(URGENT);
    IntStream.range(0, AGENTS).forEach(agent -> allDay(days, agent, 3));
    int urgent = twoDaysOf(days, URGENT, 1.05);
    int ordinary = twoDaysOf(days, ORDINARY, 0.05);
    days.minutes(MONDAY.plus(Duration.ofDays(3)));

    Collection<Story> stories = days.pass();

    assertThat(stories).hasSize(urgent + ordinary).allSatisfy(SimulationTest::requireBounded);
    assertThat(stories.stream().filter(each -> !each.wasRefused).toList())
        .hasSizeGreaterThan(urgent / 2)
        .allSatisfy(
            each ->
                assertThat(each.capacitySinceSettled())
                    .isLessThanOrEqualTo(
                        each.workAheadWhenSettled + each.lostSinceSettled() + heldSeats()));
    assertThat(longest(of(stories, ORDINARY))).isLessThan(Duration.ofHours(12));
    assertThat(longest(of(stories, URGENT))).isGreaterThan(Duration.ofHours(2));
    assertThat(mean(of(stories, URGENT)).plusMinutes(60)).isLessThan(mean(of(stories, ORDINARY)));
  }

  /** Of so much as is this part of what the team can do. */
  private static int twoDaysOf(Days days, int priority, double part) {
    double seconds = 2 * 86_400;
    double each = 60 + 45 * 60 + Days.PATIENCE.toSeconds() / 2.0;
    int howMany = (int) (part * AGENTS * LIMIT * seconds / each);
    for (int i = 0; i < howMany; i++) {
      Instant at = MONDAY.plusMillis((long) (days.random().nextDouble() * seconds * 1000));
      days.arrives(at, Workshop.REPAIRS, priority, handling(days.random(), 45));
    }
    return howMany;
  }

  private static List<Story> of(Collection<Story> stories, int priority) {
    return stories.stream().filter(each -> each.priority == priority).toList();
  }

  private static Duration mean(Collection<Story> stories) {
    return stories.stream()
        .map(Story::waited)
        .reduce(Duration.ZERO, Duration::plus)
        .dividedBy(stories.size());
  }

  /** Offers that will come to nothing and have not ended, one for each seat. */
  private static double heldSeats() {
    return (double) AGENTS * LIMIT * Days.PATIENCE.toSeconds();
  }

  @ParameterizedTest
  @EnumSource(
      value = Eligibility.class,
      names = {"IN_CALL", "INTERACTION", "OMNI", "NO_PAUSE"})
  void whoever_is_asked_everybody_is_served_in_their_turn(Eligibility eligibility) {
    Days days =
        new Days(eligibility.ordinal() + 11L, MONDAY)
            .inbox(workshop(Strategy.of(eligibility, Distribution.ROUND_ROBIN), 1_000))
            .moods(0.1, 0.05);
    int written = aWeek(days, 100);

    Collection<Story> stories = days.pass();

    assertThat(stories).hasSize(written).allMatch(each -> each.begun.isBefore(Instant.MAX));
  }

  @Test
  @Tag("IN-8")
  void backlog_past_the_limit_of_the_queue_moves_up_and_is_served_in_its_turn() {
    Days days =
        new Days(21, MONDAY)
            .inbox(workshop(Strategy.of(Eligibility.OMNI, Distribution.LEAST_RECENT), 5))
            .moods(0.05, 0);
    int written = aWeek(days, 250);

    Collection<Story> stories = days.pass();

    assertThat(stories).hasSize(written).allMatch(each -> each.begun.isBefore(Instant.MAX));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void what_is_urgent_goes_earlier_and_everybody_is_begun_in_the_order_of_their_places(long seed) {
    Days days =
        new Days(seed, MONDAY)
            .inbox(workshop(Strategy.of(Eligibility.NO_CALL, Distribution.FEWEST), 1_000));
    shifts(days, 8);
    Random random = days.random();
    for (int i = 0; i < 800; i++) {
      Instant at = MONDAY.plusSeconds(random.nextInt(5 * 86_400));
      days.arrives(at, Workshop.REPAIRS, i % 10 == 0 ? URGENT : ORDINARY, handling(random, 45));
    }
    days.minutes(MONDAY.plus(Duration.ofDays(8)));

    Collection<Story> stories = days.pass();

    assertThat(stories).hasSize(800).allMatch(each -> each.begun.isBefore(Instant.MAX));
  }

  /**
   * Agents of two inboxes have one thing at a time. The one inbox has more to do than they all can;
   * the other has little. Whoever writes to it waits no longer than those who write to the first.
   */
  @ParameterizedTest
  @CsvSource({"41, false", "42, false", "41, true"})
  void an_inbox_that_is_flooded_does_not_starve_another_one_that_shares_its_agents(
      long seed, boolean fixedOrder) {
    Days days = new Days(seed, MONDAY).inbox(sharing("shop")).inbox(sharing("repairs"));
    if (fixedOrder) {
      days.drainedInOrder(any -> List.of(Workshop.SHOP, Workshop.REPAIRS));
    }
    for (int agent = 0; agent < AGENTS; agent++) {
      allDay(days, agent, 2);
    }
    Random random = days.random();
    for (int second = 0; second < 36_000; second += 60) {
      days.arrives(
          MONDAY.plusSeconds(second),
          Workshop.SHOP,
          100,
          Duration.ofMinutes(10 + random.nextInt(10)));
      if (second % 1800 == 0) {
        days.arrives(MONDAY.plusSeconds(second + 7), Workshop.REPAIRS, 100, Duration.ofMinutes(10));
      }
    }

    Collection<Story> stories = days.pass();

    List<Story> light = inHours(stories, true);
    List<Story> flooded = inHours(stories, false);
    assertThat(longest(flooded)).isGreaterThan(Duration.ofMinutes(60));
    if (fixedOrder) {
      assertThat(longest(light)).isGreaterThan(longest(flooded).plusHours(1));
    } else {
      assertThat(longest(light)).isLessThanOrEqualTo(longest(flooded).plus(Duration.ofMinutes(20)));
    }
  }

  /** Those of the one inbox come seven seconds past. */
  private static List<Story> inHours(Collection<Story> stories, boolean light) {
    return stories.stream()
        .filter(each -> each.arrived.getEpochSecond() % 60 == 7 == light)
        .toList();
  }

  private static void allDay(Days days, int agent, int howMany) {
    Instant end = MONDAY.plus(Duration.ofDays(howMany));
    days.works(agent(agent), MONDAY, end.minusSeconds(2), end.minusSeconds(1), end);
  }

  private static Inbox sharing(String id) {
    return Inbox.of(id, id, id + "@shop.example", AccountId.of("shop"))
        .withSettings(
            InboxSettings.usual()
                .change()
                .members(members())
                .strategy(Strategy.of(Eligibility.INTERACTION, Distribution.ROUND_ROBIN))
                .build());
  }

  private static Duration longest(Collection<Story> stories) {
    return stories.stream().map(Story::waited).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** Arrivals day and night, most on Monday morning; agents in two shifts with a lunch each. */
  private static int aWeek(Days days, int aDay) {
    shifts(days, 8);
    Random random = days.random();
    int written = aDay * 5 + aDay / 2;
    for (int i = 0; i < written; i++) {
      int second = i < aDay / 2 ? 6 * 3600 + random.nextInt(3 * 3600) : random.nextInt(5 * 86_400);
      days.arrives(MONDAY.plusSeconds(second), Workshop.REPAIRS, 100, handling(random, 45));
    }
    days.minutes(MONDAY.plus(Duration.ofDays(9)));
    return written;
  }

  private static void shifts(Days days, int howMany) {
    for (int day = 0; day < howMany; day++) {
      for (int agent = 0; agent < AGENTS; agent++) {
        Instant begin =
            MONDAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(7 + 2L * (agent % 2)));
        Instant lunch = begin.plus(Duration.ofMinutes(180 + days.random().nextInt(90)));
        days.works(
            agent(agent),
            begin,
            lunch,
            lunch.plus(Duration.ofMinutes(30)),
            begin.plus(Duration.ofHours(9)));
      }
    }
  }

  private static Duration handling(Random random, int minutes) {
    return Duration.ofSeconds(60 + (long) (-Math.log(1 - random.nextDouble()) * minutes * 60));
  }

  private static Inbox alwaysOpen(Strategy strategy) {
    Inbox closing = workshop(strategy, Limits.USUAL.queued());
    return closing.withSettings(
        closing.settings().change().schedule(InboxSettings.usual().schedule()).build());
  }

  private static Inbox workshop(Strategy strategy, int queued) {
    List<Window> hours =
        IntStream.rangeClosed(1, 7)
            .mapToObj(day -> Window.of(DayOfWeek.of(day), "08:00", "18:00"))
            .toList();
    return Inbox.of("repairs", "Repairs", "repairs@shop.example", AccountId.of("shop"))
        .withSettings(
            InboxSettings.usual()
                .change()
                .members(members())
                .limits(new Limits(LIMIT, queued))
                .schedule(new WeeklySchedule(ZoneOffset.UTC, hours, Map.of()))
                .strategy(strategy.withPatience(Days.PATIENCE))
                .build());
  }

  private static List<Member> members() {
    return IntStream.range(0, AGENTS).mapToObj(each -> new Member(agent(each), each * 8)).toList();
  }

  private static AgentId agent(int number) {
    return AgentId.of("agent" + number);
  }
}
