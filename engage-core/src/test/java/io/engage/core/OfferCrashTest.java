package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.queueing.Queueing;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.QueueState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A node dies before or after each commit by which something is offered; another one goes on. */
@Tag("DI-4")
@Tag("PO-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfferCrashTest {
  private static final Strategy STRATEGY =
      Strategy.of(Eligibility.NO_CALL, Distribution.ROUND_ROBIN);
  private static final String[] ALL = {"brakes", "chain", "saddle", "wheel", "bell", "lamp"};
  private static final int STEPS = 9;

  static Stream<Arguments> deaths() {
    return IntStream.rangeClosed(1, STEPS)
        .boxed()
        .flatMap(step -> Stream.of(Arguments.of(step, false), Arguments.of(step, true)));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whenever_a_node_dies_nothing_is_lost_nor_given_twice_nor_loses_its_place(
      int deadlyStep, boolean afterwards) {
    try (Bench bench = Bench.with(STRATEGY)) {
      bench.waits(ALL).signIn(Shop.CLARA, Shop.DIRK);
      Map<String, Instant> places = places(bench);
      CrashingStorage dying = new CrashingStorage(bench.street.storage, deadlyStep, afterwards);
      try (Engage doomed = bench.engageOn(dying)) {
        work(bench, doomed);
      } catch (CrashingStorage.Killed killed) {
        assertThat(dying.hasDied()).isTrue();
      }

      assertThat(dying.hasDied()).isTrue();
      assertThat(places(bench)).isEqualTo(places);
      assertThat(mostOfOne(bench)).isLessThanOrEqualTo(2);
      finish(bench);
      assertThat(Stream.of(ALL).map(bench::get))
          .allMatch(each -> each.queueState() == QueueState.COMPLETED);
    }
  }

  /** Offers, acceptances, refusals, and silence. */
  private static void work(Bench bench, Engage doomed) {
    QueueDesk clara = doomed.deskOf(Shop.CLARA).queue();
    QueueDesk dirk = doomed.deskOf(Shop.DIRK).queue();
    for (int round = 0; round < 3; round++) {
      bench.pause(Shop.CLARA, null).pause(Shop.DIRK, null);
      doomed.distribution().workOff();
      clara.offers().stream().limit(1).forEach(each -> clara.accept(each.id()));
      dirk.offers().stream().limit(1).forEach(each -> dirk.decline(each.id()));
      bench.street.clock.advance(STRATEGY.patience());
    }
    doomed.distribution().workOff();
  }

  /** What the next node and its agents make of it. */
  private static void finish(Bench bench) {
    Engage next = bench.engage;
    for (int round = 0; round < ALL.length; round++) {
      bench.street.clock.advance(Queueing.REST);
      bench.pause(Shop.CLARA, null).pause(Shop.DIRK, null);
      next.distribution().workOff();
      for (QueueDesk desk : List.of(bench.clara, bench.dirk)) {
        desk.offers().forEach(each -> desk.accept(each.id()));
      }
      List<ConversationId> active =
          Stream.of(ALL)
              .map(bench::get)
              .filter(each -> each.queueState() == QueueState.ACTIVE)
              .map(Conversation::id)
              .toList();
      next.deskOf(Shop.CLARA).complete(active);
    }
  }

  private static Map<String, Instant> places(Bench bench) {
    Map<String, Instant> places = new HashMap<>();
    Stream.of(ALL).forEach(each -> places.put(each, bench.service(each).waitingSince()));
    return places;
  }

  private static int mostOfOne(Bench bench) {
    Map<AgentId, List<AgentLoad>> loads =
        bench.street.storage.queues().loads(Set.of(Shop.CLARA.id(), Shop.DIRK.id()));
    return loads.values().stream()
        .mapToInt(each -> each.stream().mapToInt(load -> load.active() + load.offered()).sum())
        .max()
        .orElse(0);
  }
}
