package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Permission;
import io.engage.model.inbox.Strategy;
import io.engage.spi.Permissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host is asked who may be offered something when it matters, and no more often than that. */
@Tag("DI-2")
@Tag("TH-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AskingTheHostTest {
  private static final int TEAM = 100;
  private static final InboxId WORKSHOP = Shop.workshop().id();

  private final List<AgentId> askedAbout = new ArrayList<>();
  private Bench bench = team(Strategy.USUAL, 1);
  private Engage node = countingNode();

  @AfterEach
  void close() {
    node.close();
    bench.close();
  }

  private void startWith(Strategy strategy, int limit) {
    close();
    bench = team(strategy, limit);
    node = countingNode();
  }

  private static Agent agent(int number) {
    return Agent.of("agent-%03d".formatted(number), "Agent " + number);
  }

  private static List<Agent> everybody() {
    return IntStream.range(0, TEAM).mapToObj(AskingTheHostTest::agent).toList();
  }

  /** All of them are there. */
  private static Bench team(Strategy strategy, int limit) {
    List<Member> members = everybody().stream().map(each -> Member.of(each.id().value())).toList();
    return Bench.of(
            it ->
                it.strategy(strategy).members(members).limits(new Limits(limit, Integer.MAX_VALUE)))
        .signIn(everybody().toArray(Agent[]::new));
  }

  private Engage countingNode() {
    Permissions good = bench.street.permissions;
    return bench.engageOn(
        bench.street.storage,
        new Permissions() {
          @Override
          public Map<InboxId, Permission> check(
              Agent agent, AgentAction action, Collection<InboxId> inboxes) {
            askedAbout.add(agent.id());
            return good.check(agent, action, inboxes);
          }
        });
  }

  private void manyWait(String what, int many) {
    IntStream.range(0, many).forEach(each -> bench.waits(what + each));
  }

  /** Everybody has what they may have, and one more waits. */
  private void everybodyIsBusy() {
    manyWait("wheel", TEAM);
    IntStream.range(0, TEAM)
        .forEach(each -> bench.engage.deskOf(agent(each)).take(List.of(Bench.id("wheel" + each))));
    manyWait("bell", 1);
  }

  @Test
  void nobody_is_asked_about_who_has_no_room() {
    everybodyIsBusy();

    int offered = node.distribution().workOff();

    assertThat(offered).isZero();
    assertThat(askedAbout).isEmpty();
  }

  @Test
  void of_many_with_room_only_those_are_asked_about_who_are_to_get_something() {
    manyWait("wheel", 2);

    int offered = node.distribution().workOff();

    assertThat(offered).isEqualTo(2);
    assertThat(askedAbout).hasSize(2);
  }

  @Test
  void each_is_asked_about_once_however_much_they_are_offered() {
    startWith(Strategy.of(Eligibility.NO_CALL, Distribution.LEAST_RECENT), 10);
    manyWait("wheel", 10 * TEAM);

    int offered = node.distribution().workOff();

    assertThat(offered).isEqualTo(10 * TEAM);
    assertThat(askedAbout).hasSize(TEAM).doesNotHaveDuplicates();
  }

  @Test
  void what_those_may_not_get_whom_it_fell_to_goes_to_others_who_may() {
    startWith(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR), 1);
    everybody()
        .subList(0, TEAM - 1)
        .forEach(
            each ->
                bench.street.permissions.refuse(
                    each.id(), AgentAction.BE_OFFERED, WORKSHOP, "Not today"));
    manyWait("wheel", 2);

    int offered = node.distribution().workOff();

    assertThat(offered).isEqualTo(1);
    assertThat(bench.offered("wheel0")).isEqualTo(agent(TEAM - 1).id().value());
    assertThat(askedAbout).hasSize(TEAM).doesNotHaveDuplicates();
  }

  @Test
  void who_looks_what_to_pick_or_picks_is_asked_about_alone() {
    startWith(Strategy.of(Eligibility.RING_ALL_MULTIPLE, Distribution.LINEAR), 1);
    manyWait("wheel", 3);
    QueueDesk desk = node.deskOf(agent(7)).queue();

    List<Conversation> seen = desk.pickable(WORKSHOP, 2).findValue().orElseThrow();
    Outcome<Conversation> picked = desk.accept(Bench.id("wheel1"));

    assertThat(Bench.ids(seen)).containsExactly("wheel0", "wheel1");
    assertThat(picked.isDone()).isTrue();
    assertThat(askedAbout).containsExactly(agent(7).id(), agent(7).id());
  }

  @Test
  void who_wants_to_know_why_hears_it_of_everybody_also_of_whom_the_host_refuses() {
    startWith(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR), 1);
    bench.street.permissions.refuse(agent(3).id(), AgentAction.BE_OFFERED, WORKSHOP, "Not today");
    manyWait("wheel", 1);

    Map<AgentId, ?> reasons =
        node.deskOf(Shop.CLARA).queue().explain(Bench.id("wheel0")).findValue().orElseThrow();

    assertThat(reasons.get(agent(3).id())).hasToString("NOT_PERMITTED");
  }
}
