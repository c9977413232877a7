package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.spi.InboxStore;
import io.engage.spi.Permissions;
import io.engage.spi.PortFailure;
import io.engage.spi.Queues;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is offered in several inboxes, and when something fails. */
@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class DistributionTest {
  private static final Strategy ONE_AT_A_TIME =
      Strategy.of(Eligibility.INTERACTION, Distribution.LINEAR);

  private final Bench bench = Bench.with(ONE_AT_A_TIME);

  @AfterEach
  void close() {
    bench.close();
  }

  /** The shop too offers what waits, to Clara alone. */
  private Inbox shop(Strategy strategy) {
    Inbox shop =
        Shop.shop()
            .withSettings(
                Shop.shop()
                    .settings()
                    .change()
                    .strategy(strategy)
                    .members(List.of(Member.of("clara")))
                    .build());
    bench.street.keep(shop);
    return shop;
  }

  private void waitsInShop(String id) {
    bench.street.clock.advance(Duration.ofSeconds(1));
    Conversation made = Shop.conversation(id, Shop.shop(), Shop.BEN);
    bench.store(
        made.withVersion(0)
            .withState(made.state().withService(Service.arrived(bench.street.clock.instant()))));
  }

  private static Inbox with(Inbox inbox, List<Member> members) {
    return inbox.withSettings(
        inbox.settings().change().strategy(ONE_AT_A_TIME).members(members).build());
  }

  private long offeredOf(String what, int many) {
    return IntStream.range(0, many)
        .filter(each -> bench.state(what + each) == QueueState.OFFERED)
        .count();
  }

  @Test
  @Tag("DI-1")
  void of_inboxes_with_common_members_none_gets_everybody_while_another_one_waits_too() {
    List<Agent> team =
        IntStream.range(0, 60).mapToObj(each -> Agent.of("a" + each, "A " + each)).toList();
    List<Member> members = team.stream().map(each -> new Member(each.id(), 0)).toList();
    bench.street.keep(with(Shop.shop(), members));
    bench.street.keep(with(Shop.workshop(), members));
    waitsInShop("bell0");
    IntStream.range(0, 60).forEach(each -> bench.waits("brakes" + each));
    IntStream.range(1, 60).forEach(each -> waitsInShop("bell" + each));
    bench.signIn(team.toArray(Agent[]::new));

    bench.engage.distribution().workOff();

    assertThat(offeredOf("bell", 60)).isEqualTo(20);
    assertThat(offeredOf("brakes", 60)).isEqualTo(40);
  }

  @Test
  @Tag("DI-1")
  void of_inboxes_with_common_members_the_one_comes_first_in_which_somebody_waits_longest() {
    shop(ONE_AT_A_TIME);
    waitsInShop("bell");
    bench.waits("brakes").signIn(Shop.CLARA);

    bench.engage.distribution().workOff();

    assertThat(bench.offered("bell")).isEqualTo("clara");
    assertThat(bench.offered("brakes")).isNull();
  }

  @Test
  @Tag("DI-2")
  void who_handles_something_where_that_is_a_break_is_offered_nothing_elsewhere() {
    shop(Strategy.of(Eligibility.IN_CALL, Distribution.LINEAR));
    bench.setUp(it -> it.strategy(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR)));
    waitsInShop("bell");
    bench.signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.clara.accept(Bench.id("bell"));
    bench.waits("brakes");

    int handling = bench.engage.distribution().workOff();
    bench.engage.deskOf(Shop.CLARA).complete(List.of(Bench.id("bell")));
    int free = bench.engage.distribution().workOff();

    assertThat(handling).isZero();
    assertThat(free).isEqualTo(1);
  }

  @Test
  @Tag("PO-4")
  void an_inbox_that_cannot_be_read_holds_up_no_other() {
    shop(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR));
    bench.setUp(it -> it.strategy(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR)));
    waitsInShop("bell");
    bench.waits("brakes").signIn(Shop.CLARA);
    Storage broken =
        storageWith(
            Queues.class,
            bench.street.storage.queues(),
            call -> {
              if (call.name().equals("waiting")
                  && Shop.shop().id().equals(call.argument(0))
                  && ((Page.Request) call.argument(1)).limit() > 1) {
                throw new PortFailure("The shop cannot be read", true);
              }
              return call.proceed();
            });

    try (Engage node = bench.engageOn(broken)) {
      node.distribution().workOff();
    }

    assertThat(bench.offered("brakes")).isEqualTo("clara");
    assertThat(bench.offered("bell")).isNull();
  }

  @Test
  @Tag("PO-4")
  void an_offer_that_cannot_be_taken_back_holds_up_no_other() {
    bench.setUp(it -> it.strategy(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR)));
    bench.waits("brakes").waits("chain").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.street.clock.advance(Strategy.USUAL.patience());
    Storage broken =
        storageWith(
            InboxStore.class,
            bench.street.storage.inboxes(),
            call -> {
              if (call.name().equals("commit") && concerns("brakes", call.argument(0))) {
                throw new PortFailure("The disk is full", true);
              }
              return call.proceed();
            });

    try (Engage node = bench.engageOn(broken)) {
      node.distribution().workOff();
    }

    assertThat(bench.state("brakes")).isEqualTo(QueueState.OFFERED);
    assertThat(bench.state("chain")).isEqualTo(QueueState.QUEUED);
  }

  private static boolean concerns(String id, Object change) {
    return ((InboxChange) change)
        .conversations().stream().anyMatch(each -> each.id().value().equals(id));
  }

  private <T> Storage storageWith(Class<T> type, T real, Between.Reaction reaction) {
    T broken = Between.callersAnd(type, real, reaction);
    return Between.callersAnd(
        Storage.class,
        bench.street.storage,
        call -> {
          Object port = call.proceed();
          return type.isInstance(port) ? broken : port;
        });
  }

  @Test
  @Tag("DI-3")
  void when_nobody_knows_who_is_on_the_phone_work_goes_on() {
    bench.setUp(it -> it.strategy(Strategy.of(Eligibility.NO_PAUSE, Distribution.LINEAR)));
    bench.waits("brakes").signIn(Shop.CLARA);

    try (Engage node =
        bench
            .street
            .builderWithoutInboxes(bench.street.storage)
            .presence(
                agents -> {
                  throw new PortFailure("The switchboard is down", true);
                })
            .build()) {
      node.distribution().workOff();
    }

    assertThat(bench.offered("brakes")).isEqualTo("clara");
  }

  @Test
  @Tag("TH-6")
  void who_is_not_spoken_of_by_the_host_is_offered_nothing_and_holds_up_nobody() {
    bench.setUp(it -> it.strategy(Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR)));
    bench.waits("brakes").signIn(Shop.CLARA, Shop.DIRK);

    try (Engage node =
        bench
            .street
            .builderWithoutInboxes(bench.street.storage)
            .permissions(
                (agent, action, inboxes) -> {
                  if (agent.equals(Shop.CLARA)) {
                    throw new PortFailure("Clara's file cannot be read", true);
                  }
                  return Permissions.everybody().check(agent, action, inboxes);
                })
            .build()) {
      node.distribution().workOff();
    }

    assertThat(bench.offered("brakes")).isEqualTo("dirk");
  }

  @Test
  void an_agent_whose_inbox_goes_to_an_heir_is_freed_there() {
    InboxId heir = shop(ONE_AT_A_TIME).id();
    bench.waits("brakes").signIn(Shop.CLARA);

    bench.engage.setupOf(Shop.DIRK).deleteInbox(bench.workshop().id(), heir);
    bench.settle();

    assertThat(bench.get("brakes").inbox()).isEqualTo(heir);
    assertThat(bench.offered("brakes")).isEqualTo("clara");
  }
}
