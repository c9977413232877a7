package io.engage.core;

import static io.engage.core.LiveScene.SHOP;
import static io.engage.core.LiveScene.WORKSHOP;
import static io.engage.core.LiveScene.await;
import static io.engage.core.LiveScene.clara;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.Colour;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.Threshold;
import io.engage.model.queue.WaitingLine;
import io.engage.spi.AuditTrail;
import io.engage.spi.PortFailure;
import io.engage.spi.Queues;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DI-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveViewTest {
  private final LiveScene scene = new LiveScene();
  private final AgentDesk clara = scene.street.engage.deskOf(Shop.CLARA);
  private final AgentDesk dirk = scene.street.engage.deskOf(Shop.DIRK);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void who_looks_sees_the_inbox_as_it_is_and_then_as_it_becomes() {
    ConversationId bike = scene.arrives().id();
    Watcher<InboxPicture> watcher = scene.watch();
    InboxPicture first = await(watcher, any -> true);

    clara.queue().signIn();
    clara.take(List.of(bike));
    InboxPicture taken = await(watcher, each -> each.now().active() == 1);
    scene.answers(clara, bike);
    InboxPicture answered = await(watcher, each -> each.today().answered() == 1);
    clara.complete(List.of(bike));
    InboxPicture completed = await(watcher, each -> each.today().completedIn() == 1);

    assertThat(first.now().queued()).isEqualTo(1);
    assertThat(clara(first).state()).isEqualTo(AgentState.OFFLINE);
    assertThat(clara(taken).state()).isEqualTo(AgentState.BUSY);
    assertThat(clara(taken).channels()).containsExactly(Channel.EMAIL);
    assertThat(clara(taken).name()).isEqualTo("Clara Rossi");
    assertThat(answered.today().serviceLevel()).hasValue(1);
    assertThat(clara(completed).state()).isEqualTo(AgentState.FREE);
    assertThat(clara(completed).completedIn()).isEqualTo(1);
    assertThat(completed.now()).isEqualTo(QueueStanding.EMPTY);
    assertThat(watcher.keptToRules()).isTrue();
  }

  @Test
  void what_is_done_on_another_node_is_seen_too() {
    ConversationId bike = scene.arrives().id();
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, each -> each.now().queued() == 1);

    scene.other.deskOf(Shop.CLARA).take(List.of(bike));

    InboxPicture picture = await(watcher, each -> each.now().active() == 1);
    assertThat(clara(picture).active()).isEqualTo(1);
  }

  @Test
  @Tag("DI-3")
  void breaks_and_calls_are_seen_with_their_kind() {
    AtomicBoolean phoning = new AtomicBoolean();
    try (Engage node =
        scene
            .street
            .builder()
            .presence(
                agents -> phoning.get() ? Map.of(Shop.CLARA.id(), CallState.IN_CALL) : Map.of())
            .build()) {
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);
      clara.queue().signIn();
      await(watcher, each -> clara(each).state() == AgentState.FREE);

      scene.street.clock.advance(Duration.ofMinutes(5));
      clara.queue().beginBreak("lunch");
      phoning.set(true);

      AgentPicture picture =
          clara(
              await(
                  watcher,
                  each ->
                      clara(each).call() == CallState.IN_CALL
                          && clara(each).state() == AgentState.FREE_ON_BREAK));
      assertThat(picture.pause()).isEqualTo("lunch");
      assertThat(picture.since()).isEqualTo(scene.street.clock.instant());
    }
  }

  @Test
  void a_telephone_system_that_fails_hides_nothing_else() {
    scene.arrives();
    try (Engage node =
        scene
            .street
            .builder()
            .presence(
                agents -> {
                  throw new IllegalStateException("No line");
                })
            .build()) {
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);

      InboxPicture picture = await(watcher, any -> true);

      assertThat(picture.now().queued()).isEqualTo(1);
      assertThat(clara(picture).call()).isEqualTo(CallState.NO_CALL);
    }
  }

  @Test
  void work_in_another_inbox_makes_busy_here_and_its_end_makes_free() {
    ConversationId bike = scene.arrives().id();
    clara.transfer(List.of(bike), SHOP);
    clara.queue().signIn();
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, each -> clara(each).state() == AgentState.FREE);

    clara.take(List.of(bike));
    InboxPicture busy = await(watcher, each -> clara(each).state() == AgentState.BUSY);
    clara.handBack(List.of(bike));

    await(watcher, each -> clara(each).state() == AgentState.FREE);
    assertThat(clara(busy).active()).isZero();
    assertThat(busy.now()).isEqualTo(QueueStanding.EMPTY);
  }

  @Test
  @Tag("DI-2")
  void who_works_in_an_inbox_where_that_is_a_break_is_on_break_in_the_others_and_in_the_file() {
    scene.setUp(SHOP, settings -> settings.strategy(inCall()));
    ConversationId bike = scene.arrives().id();
    clara.transfer(List.of(bike), SHOP);
    clara.queue().signIn();
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, each -> clara(each).state() == AgentState.FREE);

    clara.take(List.of(bike));
    AgentPicture handling =
        clara(await(watcher, each -> clara(each).state() == AgentState.BUSY_ON_BREAK));
    AgentInfo file =
        scene
            .street
            .engage
            .supervisionOf(Shop.DIRK)
            .info(Shop.CLARA.id())
            .findValue()
            .orElseThrow();
    scene.setUp(SHOP, settings -> settings.strategy(Strategy.USUAL));
    await(watcher, each -> clara(each).state() == AgentState.BUSY);
    scene.setUp(SHOP, settings -> settings.strategy(inCall()));
    await(watcher, each -> clara(each).state() == AgentState.BUSY_ON_BREAK);
    clara.complete(List.of(bike));

    assertThat(handling.pause()).isEqualTo(AgentSession.HANDLING);
    assertThat(file.state()).isEqualTo(AgentState.BUSY_ON_BREAK);
    assertThat(file.pause()).isEqualTo(AgentSession.HANDLING);
    assertThat(clara(await(watcher, each -> clara(each).state() == AgentState.FREE)).pause())
        .isNull();
  }

  private static Strategy inCall() {
    return Strategy.of(Eligibility.IN_CALL, Distribution.ROUND_ROBIN);
  }

  @Test
  void what_is_transferred_leaves_one_picture_and_stands_in_the_other() {
    ConversationId bike = scene.arrives().id();
    Watcher<InboxPicture> workshop = scene.watch();
    Watcher<InboxPicture> shop = scene.watch(scene.street.engage, SHOP);
    await(workshop, each -> each.now().queued() == 1);

    dirk.transfer(List.of(bike), SHOP);

    await(workshop, each -> each.now().queued() == 0);
    await(shop, each -> each.now().queued() == 1);
  }

  @Test
  @Tag("IN-6")
  void who_becomes_a_member_is_seen_and_so_is_another_service_level() {
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, each -> each.agents().size() == 2);

    scene.setUp(
        WORKSHOP, settings -> settings.members(List.of(Member.of("eve"), Member.of("clara"))));

    InboxPicture picture = await(watcher, each -> each.agents().get(0).name().equals("eve"));
    assertThat(picture.agents()).extracting(each -> each.agent().value()).doesNotContain("dirk");
  }

  @Test
  @Tag("IN-9")
  void as_time_goes_by_who_waits_becomes_too_much_and_counts_as_abandoned() {
    scene.arrives();
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, each -> each.now().queued() == 1);

    scene.street.clock.advance(Duration.ofHours(3));

    InboxPicture picture = await(watcher, each -> each.today().abandoned() == 1);
    assertThat(picture.colours()).containsEntry(Threshold.LONGEST_WAIT, Colour.RED);
    assertThat(picture.today().serviceLevelWithAbandoned()).hasValue(0);
  }

  @Test
  void at_midnight_the_day_begins_anew() {
    ConversationId bike = scene.arrives().id();
    clara.take(List.of(bike));
    clara.complete(List.of(bike));
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, each -> each.today().completedIn() == 1);

    scene.street.clock.advance(Duration.ofDays(1));

    await(watcher, each -> each.today().completedIn() == 0);
    assertThat(scene.live(scene.other).now(WORKSHOP).findValue().orElseThrow().today())
        .isEqualTo(await(watcher, any -> true).today());
  }

  @Test
  void who_reads_slowly_sees_the_newest_and_holds_up_nobody() {
    Watcher<InboxPicture> slow =
        Watcher.of(scene.live(scene.street.engage).watch(WORKSHOP).findValue().orElseThrow(), 1);
    Watcher<InboxPicture> fast = scene.watch();
    slow.awaitSeen(seen -> seen.size() == 1);
    for (int i = 1; i <= 3; i++) {
      int queued = i;
      scene.arrives();
      await(fast, each -> each.now().queued() == queued);
    }

    slow.request(1);

    List<InboxPicture> seen = slow.awaitSeen(all -> all.size() == 2);
    assertThat(seen).extracting(each -> each.now().queued()).containsExactly(0, 3);
  }

  @Test
  @Tag("TH-6")
  void who_may_no_longer_look_is_told_that_it_has_ended() {
    Watcher<InboxPicture> watcher = scene.watch();
    await(watcher, any -> true);

    scene.street.permissions.refuse(
        Shop.DIRK.id(), AgentAction.SUPERVISE, WORKSHOP, "You moved to the shop");
    scene.street.clock.advance(LiveBoards.BETWEEN_QUESTIONS);
    watcher.awaitEnd();

    assertThat(watcher.isComplete()).isTrue();
    assertThat(scene.live(scene.street.engage).watch(WORKSHOP))
        .isEqualTo(new Outcome.Refused<>("You moved to the shop"));
  }

  @Test
  @Tag("TH-6")
  void who_may_no_longer_look_sees_nothing_by_subscribing_again() {
    Flow.Publisher<InboxPicture> kept =
        scene.live(scene.street.engage).watch(WORKSHOP).findValue().orElseThrow();
    Watcher<InboxPicture> other = scene.watch();
    await(other, any -> true);
    scene.street.permissions.refuse(
        Shop.DIRK.id(), AgentAction.SUPERVISE, WORKSHOP, "You moved to the shop");

    Watcher<InboxPicture> again = Watcher.of(kept);
    again.awaitEnd();

    assertThat(again.seen()).isEmpty();
    assertThat(again.errors())
        .singleElement()
        .isInstanceOf(IllegalStateException.class)
        .hasFieldOrPropertyWithValue("message", "You moved to the shop");
    assertThat(scene.street.storage.audit().newest(10))
        .extracting(AuditEntry::fact)
        .contains(
            new AuditFact.ActionRefused(AgentAction.SUPERVISE.code(), "You moved to the shop"));
  }

  @Test
  @Tag("IN-14")
  void when_the_inbox_goes_it_ends_and_its_heir_counts_what_it_had() {
    scene.arrives();
    Watcher<InboxPicture> gone = scene.watch();
    Watcher<InboxPicture> heir = scene.watch(scene.street.engage, SHOP);
    await(gone, each -> each.now().queued() == 1);

    scene.street.engage.setupOf(Shop.CLARA).deleteInbox(WORKSHOP, SHOP);
    gone.awaitEnd();

    assertThat(gone.isComplete()).isTrue();
    await(heir, each -> each.now().queued() == 1);
  }

  @Test
  void when_engage_is_closed_it_ends_also_for_who_comes_later() {
    Watcher<InboxPicture> watcher = scene.watch(scene.other, WORKSHOP);
    await(watcher, any -> true);
    LiveDesk desk = scene.live(scene.other);

    scene.other.close();
    Watcher<InboxPicture> late = Watcher.of(desk.watch(WORKSHOP).findValue().orElseThrow());
    watcher.awaitEnd();
    late.awaitEnd();

    assertThat(watcher.isComplete()).isTrue();
    assertThat(late.isComplete()).isTrue();
  }

  @Test
  void while_nobody_looks_nothing_is_read() {
    CountingStorage counting = new CountingStorage(scene.street.storage);
    try (Engage node = scene.street.engageOn(counting.storage(), scene.street.mail)) {
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);
      await(watcher, any -> true);
      AtomicInteger last = new AtomicInteger(counting.steps());

      watcher.cancel();

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(2500))
          .until(() -> last.getAndSet(counting.steps()) == counting.steps());
    }
  }

  @Test
  void a_change_costs_the_same_however_many_wait() {
    for (int i = 0; i < 300; i++) {
      scene.arrives();
    }
    CountingStorage counting = new CountingStorage(scene.street.storage);
    try (Engage node = scene.street.engageOn(counting.storage(), scene.street.mail)) {
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);
      await(watcher, each -> each.now().queued() == 300);
      ConversationId one = scene.all().get(0).id();
      int before = counting.steps();

      clara.take(List.of(one));
      await(watcher, each -> each.now().active() == 1);

      assertThat(before).isGreaterThan(300);
      assertThat(counting.steps() - before).isLessThan(150);
    }
  }

  @Test
  @Tag("PO-2")
  void a_store_that_fails_for_a_while_is_read_anew_and_nothing_is_missed() {
    AtomicBoolean broken = new AtomicBoolean();
    try (Engage node = scene.street.engageOn(breaking(broken), scene.street.mail)) {
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);
      await(watcher, any -> true);

      broken.set(true);
      ConversationId bike = scene.arrives().id();
      clara.take(List.of(bike));
      scene.arrives();
      Awaitility.await().atMost(Duration.ofMinutes(1)).untilFalse(broken);

      InboxPicture picture = await(watcher, each -> each.now().active() == 1);
      assertThat(picture.now().queued()).isEqualTo(1);
      assertThat(watcher.errors()).isEmpty();
    }
  }

  /** Agents' work cannot be read, three times. */
  private Storage breaking(AtomicBoolean broken) {
    AtomicInteger left = new AtomicInteger(3);
    Queues queues =
        Between.callersAnd(
            Queues.class,
            scene.street.storage.queues(),
            call -> {
              if (broken.get()) {
                broken.set(left.decrementAndGet() > 0);
                throw new PortFailure("No connection", true);
              }
              return call.proceed();
            });
    return Between.callersAnd(
        Storage.class,
        scene.street.storage,
        call -> call.name().equals("queues") ? queues : call.proceed());
  }

  @Test
  void a_store_that_cannot_be_reached_at_the_beginning_is_told() {
    AtomicBoolean broken = new AtomicBoolean();
    AuditTrail trail =
        Between.callersAnd(
            AuditTrail.class,
            scene.street.storage.audit(),
            call -> {
              if (broken.get()) {
                throw new PortFailure("No connection", true);
              }
              return call.proceed();
            });
    Storage storage =
        Between.callersAnd(
            Storage.class,
            scene.street.storage,
            call -> call.name().equals("audit") ? trail : call.proceed());
    try (Engage node = scene.street.engageOn(storage, scene.street.mail)) {
      broken.set(true);

      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);

      watcher.awaitEnd();
      assertThat(watcher.errors()).singleElement().isInstanceOf(PortFailure.class);
    }
  }

  @Test
  @Tag("IN-8")
  void who_waits_is_listed_page_by_page_with_place_and_what_is_parked() {
    scene.street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.SUPERVISE, WORKSHOP, "You do not supervise");
    for (int i = 0; i < 5; i++) {
      scene.arrives();
    }
    dirk.prioritize(List.of(scene.all().get(0).id()), 1);
    LiveDesk desk = scene.live(scene.street.engage);

    WaitingPage first = desk.waiting(WORKSHOP, null, 3).findValue().orElseThrow();
    WaitingPage second =
        desk.waiting(WORKSHOP, first.findNext().orElseThrow(), 3).findValue().orElseThrow();

    assertThat(first.lines())
        .extracting(each -> String.valueOf(each.address()))
        .containsExactly("c5@customer.example", "c1@customer.example", "c2@customer.example");
    assertThat(first.lines()).extracting(WaitingLine::place).containsExactly(1, 2, 3);
    assertThat(second.lines()).extracting(WaitingLine::parked).containsExactly(false, true);
    assertThat(second.next()).isNull();
    assertThat(first.lines().get(1).toString()).doesNotContain("customer.example");
    assertThat(scene.street.engage.supervisionOf(Shop.CLARA).live().waiting(WORKSHOP, null, 3))
        .isEqualTo(new Outcome.Refused<>("You do not supervise"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatever_happens_every_node_shows_what_counting_anew_shows(long seed) {
    Random random = new Random(seed);
    LiveHistory history = new LiveHistory(scene, random);
    Watcher<InboxPicture> here = scene.watch();
    Watcher<InboxPicture> there = scene.watch(scene.other, WORKSHOP);
    Watcher<InboxPicture> shop = scene.watch(scene.other, SHOP);

    for (int round = 0; round < 5; round++) {
      history.goOn(60);

      history.awaitAnew(WORKSHOP, here);
      history.awaitAnew(WORKSHOP, there);
      history.awaitAnew(SHOP, shop);
    }

    assertThat(here.keptToRules()).isTrue();
    assertThat(scene.street.storage.queues().standings(List.of(WORKSHOP)))
        .isEqualTo(Map.of(WORKSHOP, history.anew(WORKSHOP).now()));
  }
}
