package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.Strategy.Away;
import io.engage.model.message.Channel;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.spi.Storage;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether agents are there, and what becomes of what customers wait for when they are not. */
@Tag("DI-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwnSessionTest {
  private static final Duration BEAT = Duration.ofSeconds(15);

  private final Street street = new Street();
  private final QueueDesk clara = street.clara.queue();
  private final QueueDesk dirk = street.engage.deskOf(Shop.DIRK).queue();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void the_state_is_offline_free_or_busy_on_break_or_not() {
    Conversation bike = asked();
    AgentState before = clara.info().state();
    clara.signIn();
    AgentState free = clara.info().state();
    clara.beginBreak("lunch");
    AgentState freeOnBreak = clara.info().state();
    street.clara.take(List.of(bike.id()));
    AgentState busyOnBreak = clara.info().state();
    clara.endBreak();
    AgentState busy = clara.info().state();
    clara.signOut();
    AgentState after = clara.info().state();

    assertThat(List.of(before, free, freeOnBreak, busyOnBreak, busy, after))
        .containsExactly(
            AgentState.OFFLINE,
            AgentState.FREE,
            AgentState.FREE_ON_BREAK,
            AgentState.BUSY_ON_BREAK,
            AgentState.BUSY,
            AgentState.OFFLINE);
  }

  @Test
  void a_break_has_the_hosts_type_and_it_is_told_since_when() {
    clara.signIn();
    street.clock.advance(Duration.ofMinutes(3));

    clara.beginBreak("lunch");
    street.clock.advance(Duration.ofMinutes(20));

    assertThat(clara.info().pause()).isEqualTo("lunch");
    assertThat(clara.info().since())
        .isEqualTo(street.clock.instant().minus(Duration.ofMinutes(20)));
    assertThat(clara.info().begun())
        .isEqualTo(street.clock.instant().minus(Duration.ofMinutes(23)));
  }

  @Test
  void what_an_agent_has_is_told_by_inbox_and_channel() {
    clara.signIn();
    Conversation bike = asked();

    street.clara.take(List.of(bike.id()));

    assertThat(clara.info().loads())
        .containsExactly(new AgentLoad(Shop.workshop().id(), Channel.EMAIL, 1, 0));
  }

  @Test
  void who_is_on_the_phone_is_told_by_the_host() {
    try (Engage node =
        street.builder().presence(agents -> Map.of(Shop.CLARA.id(), CallState.IN_CALL)).build()) {

      assertThat(node.deskOf(Shop.CLARA).queue().info().call()).isEqualTo(CallState.IN_CALL);
      assertThat(node.deskOf(Shop.DIRK).queue().info().call()).isEqualTo(CallState.NO_CALL);
    }
  }

  @Test
  void a_telephone_system_that_does_not_answer_hides_nothing_else() {
    clara.signIn();
    try (Engage node =
        street
            .builder()
            .presence(
                agents -> {
                  throw new IllegalStateException("No line");
                })
            .build()) {

      AgentInfo info = node.deskOf(Shop.CLARA).queue().info();

      assertThat(info.state()).isEqualTo(AgentState.FREE);
      assertThat(info.call()).isEqualTo(CallState.NO_CALL);
    }
  }

  @Test
  @Tag("WK-10")
  void coming_going_and_breaks_stand_in_the_trail_once_each() {
    clara.signIn();
    Outcome<AgentSession> again = clara.signIn();
    clara.beginBreak("lunch");
    Outcome<AgentSession> sameBreak = clara.beginBreak("lunch");
    clara.endBreak();
    Outcome<AgentSession> noBreak = clara.endBreak();
    clara.signOut();
    Outcome<AgentSession> gone = clara.signOut();

    assertThat(List.of(again, sameBreak, noBreak, gone))
        .allMatch(each -> each instanceof Outcome.AlreadySo);
    assertThat(facts())
        .containsExactly(
            new AuditFact.SignedIn(Shop.CLARA.id(), "Clara Rossi"),
            new AuditFact.BreakBegun(Shop.CLARA.id(), "lunch"),
            new AuditFact.BreakEnded(Shop.CLARA.id()),
            new AuditFact.SignedOut(Shop.CLARA.id(), "the agent"));
  }

  @Test
  void whoever_is_not_signed_in_has_no_breaks_and_gives_no_signs() {
    assertThat(List.of(clara.beat(), clara.beginBreak("lunch"), clara.endBreak()))
        .allMatch(each -> each instanceof Outcome.Refused);
    assertThat(clara.signOut()).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(street.storage.heartbeats().silent(Instant.MAX, 10)).isEmpty();
    assertThat(facts()).isEmpty();
  }

  @Test
  @Tag("TH-6")
  void whoever_may_be_offered_nothing_anywhere_cannot_sign_in() {
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.BE_OFFERED, Shop.workshop().id(), "Ask Dirk");
    Outcome<AgentSession> somewhere = clara.signIn();
    clara.signOut();
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.BE_OFFERED, Shop.shop().id(), "Ask Dirk");

    Outcome<AgentSession> nowhere = clara.signIn();

    assertThat(somewhere).matches(Outcome::isDone);
    assertThat(nowhere).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(clara.info().state()).isEqualTo(AgentState.OFFLINE);
  }

  @Test
  void whoever_gives_signs_stays_and_whoever_does_not_is_signed_out_within_a_minute() {
    clara.signIn();
    dirk.signIn();
    for (int i = 0; i < 4; i++) {
      street.clock.advance(BEAT);
      clara.beat();
    }

    lookForTheAbsent();

    assertThat(clara.info().state()).isEqualTo(AgentState.FREE);
    assertThat(dirk.info().state()).isEqualTo(AgentState.OFFLINE);
    assertThat(dirk.beat()).isInstanceOf(Outcome.Refused.class);
    assertThat(street.storage.audit().newest(1))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(Actor.DISTRIBUTION);
              assertThat(entry.fact())
                  .isEqualTo(new AuditFact.SignedOut(Shop.DIRK.id(), "no sign of life"));
            });
  }

  @Test
  void of_many_who_fall_silent_at_once_everybody_is_signed_out_once_though_two_nodes_look() {
    List<QueueDesk> desks =
        IntStream.range(0, 450).mapToObj(i -> street.engage.deskOf(agent(i)).queue()).toList();
    desks.forEach(QueueDesk::signIn);
    street.clock.advance(Duration.ofMinutes(2));

    try (Engage other = street.builder().build()) {
      List<Engage> nodes = List.of(street.engage, other);
      AtomicInteger next = new AtomicInteger();
      Race.run(2, () -> lookForTheAbsent(nodes.get(next.getAndIncrement())));
    }

    assertThat(desks).allMatch(each -> each.info().state() == AgentState.OFFLINE);
    assertThat(facts()).filteredOn(AuditFact.SignedOut.class::isInstance).hasSize(450);
    assertThat(street.storage.heartbeats().silent(Instant.MAX, 10)).isEmpty();
  }

  @Test
  void who_signs_in_again_is_there_however_late_their_silence_is_noticed() {
    clara.signIn();
    street.clock.advance(Duration.ofMinutes(2));
    lookForTheAbsent();
    clara.signIn();

    lookForTheAbsent();

    assertThat(clara.info().state()).isEqualTo(AgentState.FREE);
    assertThat(clara.beat()).matches(Outcome::isDone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"the agent", "a supervisor", "no sign of life"})
  void whoever_comes_back_while_they_are_signed_out_is_not_there_for_ever(String by) {
    clara.signIn();
    street.clock.advance(Duration.ofMinutes(2));
    Storage slow = Overtaken.after(street.storage, "commit", clara::signIn);
    try (Engage node = street.engageOn(slow, street.mail)) {
      switch (by) {
        case "the agent" -> node.deskOf(Shop.CLARA).queue().signOut();
        case "a supervisor" -> node.supervisionOf(Shop.DIRK).signOut(Shop.CLARA.id());
        default -> lookForTheAbsent(node);
      }
    }
    AgentState back = clara.info().state();
    street.clock.advance(Duration.ofMinutes(2));

    lookForTheAbsent();

    assertThat(back).isEqualTo(AgentState.FREE);
    assertThat(clara.info().state()).isEqualTo(AgentState.OFFLINE);
    assertThat(street.storage.heartbeats().silent(Instant.MAX, 10)).isEmpty();
  }

  @Test
  void whoever_gives_a_sign_while_a_node_stands_still_that_looks_for_them_stays() {
    clara.signIn();
    dirk.signIn();
    street.clock.advance(Duration.ofMinutes(2));
    Storage slow =
        Overtaken.after(
            street.storage,
            "silent",
            () -> {
              street.clock.advance(Duration.ofMinutes(5));
              clara.beat();
            });

    try (Engage node = street.engageOn(slow, street.mail)) {
      lookForTheAbsent(node);
    }

    assertThat(clara.info().state()).isEqualTo(AgentState.FREE);
    assertThat(dirk.info().state()).isEqualTo(AgentState.OFFLINE);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true", "2,false", "2,true", "3,false", "3,true"})
  void whoever_signs_in_on_a_node_that_dies_is_not_there_for_ever(
      int deadlyStep, boolean afterwards) {
    CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
    try (Engage doomed = street.engageOn(dying, street.mail)) {
      assertThatThrownBy(() -> doomed.deskOf(Shop.CLARA).queue().signIn())
          .isInstanceOf(CrashingStorage.Killed.class);
    }
    street.clock.advance(Duration.ofMinutes(2));

    lookForTheAbsent();

    assertThat(clara.info().state()).isEqualTo(AgentState.OFFLINE);
    assertThat(clara.signIn()).matches(Outcome::isDone);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true", "2,false", "2,true"})
  void whoever_is_silent_is_signed_out_though_the_node_dies_that_does_it(
      int deadlyStep, boolean afterwards) {
    clara.signIn();
    street.clock.advance(Duration.ofMinutes(2));
    CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
    try (Engage doomed = street.engageOn(dying, street.mail)) {
      assertThatThrownBy(() -> lookForTheAbsent(doomed)).isInstanceOf(CrashingStorage.Killed.class);
    }

    lookForTheAbsent();

    assertThat(facts()).filteredOn(AuditFact.SignedOut.class::isInstance).hasSize(1);
    assertThat(street.storage.heartbeats().silent(Instant.MAX, 10)).isEmpty();
  }

  @ParameterizedTest
  @Tag("DI-4")
  @CsvSource({"2,false", "2,true", "3,false", "3,true"})
  void what_is_given_back_goes_back_once_though_the_node_dies_that_does_it(
      int deadlyStep, boolean afterwards) {
    distributed(Strategy.USUAL);
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    street.clock.advance(Duration.ofMinutes(20));
    CrashingStorage dying = new CrashingStorage(street.storage, deadlyStep, afterwards);
    try (Engage doomed = street.engageOn(dying, street.mail)) {
      assertThatThrownBy(
              () -> {
                lookForTheAbsent(doomed);
                doomed.deskOf(Shop.CLARA).queue().signIn();
              })
          .isInstanceOf(CrashingStorage.Killed.class);
    }
    street.clock.advance(Duration.ofSeconds(31));

    lookForTheAbsent();

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(facts()).filteredOn(AuditFact.Requeued.class::isInstance).hasSize(1);
  }

  @Test
  @Tag("DI-4")
  void a_customer_does_not_wait_for_somebody_who_has_gone_longer_than_the_strategy_says() {
    distributed(Strategy.USUAL);
    clara.signIn();
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    clara.signOut();
    street.clock.advance(Duration.ofMinutes(9));
    lookForTheAbsent();
    QueueState before = now(bike).queueState();
    street.clock.advance(Duration.ofMinutes(1));

    lookForTheAbsent();

    assertThat(before).isEqualTo(QueueState.ACTIVE);
    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(now(bike).state().service().waitingSince())
        .isEqualTo(bike.state().service().waitingSince());
    assertThat(street.storage.audit().newest(1))
        .extracting(AuditEntry::fact)
        .containsExactly(new AuditFact.Requeued(Shop.CLARA.id(), "signed out"));
  }

  @Test
  @Tag("DI-4")
  void nor_for_somebody_who_is_on_break_for_so_long() {
    distributed(Strategy.USUAL);
    clara.signIn();
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    clara.beginBreak("lunch");
    for (int i = 0; i < 44; i++) {
      street.clock.advance(BEAT);
      clara.beat();
    }

    lookForTheAbsent();

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(clara.info().state()).isEqualTo(AgentState.FREE_ON_BREAK);
  }

  @Test
  @Tag("DI-4")
  @Tag("TH-5")
  void what_a_rule_gives_to_an_adviser_who_was_never_there_falls_back_to_the_queue() {
    distributed(Strategy.USUAL);
    routedToDirk();
    Conversation bike = asked();
    street.clock.advance(Duration.ofMinutes(11));

    lookForTheAbsent();

    assertThat(bike.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
  }

  /** In the order of their ids, and by how long they wait, it is the last one. */
  @Test
  @Tag("DI-4")
  void what_may_go_back_is_not_hidden_behind_much_that_may_not() {
    distributed(Strategy.USUAL);
    Instant monday = street.clock.instant().minus(Duration.ofDays(1));
    IntStream.range(0, 250)
        .forEach(
            i -> {
              taken("a" + i, Shop.shop(), monday, monday);
              taken("b" + i, Shop.workshop(), monday, street.clock.instant());
            });
    Conversation bike = taken("bike", Shop.workshop(), monday.plusSeconds(60), monday);

    lookForTheAbsent();

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(facts()).filteredOn(AuditFact.Requeued.class::isInstance).hasSize(1);
  }

  @Test
  @Tag("DI-4")
  void what_is_given_by_hand_to_somebody_who_is_no_member_and_was_never_there_goes_back() {
    distributed(Strategy.USUAL);
    Conversation bike = asked();
    street.clara.assign(List.of(bike.id()), Agent.of("ella", "Ella"));
    QueueState before = now(bike).queueState();
    street.clock.advance(Duration.ofMinutes(11));

    lookForTheAbsent();

    assertThat(before).isEqualTo(QueueState.ACTIVE);
    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(street.storage.audit().newest(1))
        .extracting(AuditEntry::fact)
        .containsExactly(new AuditFact.Requeued(AgentId.of("ella"), "never signed in"));
  }

  /** Where nobody signs in, nobody can be told to be away. */
  @Test
  @Tag("DI-4")
  @Tag("TH-5")
  void what_a_rule_gives_to_an_adviser_stays_where_nothing_is_distributed() {
    distributed(null);
    routedToDirk();
    Conversation bike = asked();
    street.clock.advance(Duration.ofDays(1));

    lookForTheAbsent();

    assertThat(now(bike).queueState()).isEqualTo(QueueState.ACTIVE);
  }

  @Test
  @Tag("DI-4")
  @Tag("TH-5")
  void where_members_pick_it_falls_back_too_and_nothing_is_offered() {
    distributed(Strategy.of(Eligibility.RING_ALL_MULTIPLE, Distribution.LINEAR));
    routedToDirk();
    clara.signIn();
    Conversation bike = asked();
    street.clock.advance(Duration.ofMinutes(11));
    clara.beat();

    lookForTheAbsent();
    street.engage.distribution().workOff();

    assertThat(bike.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
  }

  @Test
  @Tag("DI-4")
  void where_the_strategy_lets_it_wait_or_nothing_is_distributed_it_stays() {
    for (Strategy each :
        new Strategy[] {null, Strategy.USUAL.withAway(Away.WAITS, Duration.ZERO)}) {
      distributed(each);
      Conversation bike = asked();
      street.clara.take(List.of(bike.id()));
      street.clock.advance(Duration.ofDays(1));

      lookForTheAbsent();

      assertThat(now(bike).queueState()).isEqualTo(QueueState.ACTIVE);
    }
  }

  @Test
  @Tag("DI-4")
  void whoever_was_answered_waits_for_nobody_and_stays_with_whoever_is_away() {
    distributed(Strategy.USUAL);
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    street.clara.reply(bike.id(), Reply.of("On Friday."));
    street.clock.advance(Duration.ofDays(1));

    lookForTheAbsent();

    assertThat(now(bike).queueState()).isEqualTo(QueueState.ACTIVE);
  }

  /** As the timers of Engage do. */
  private void lookForTheAbsent() {
    lookForTheAbsent(street.engage);
    street.clock.advance(Duration.ofSeconds(31));
  }

  private static Instant lookForTheAbsent(Engage node) {
    Job absences =
        node.jobs().stream()
            .filter(each -> each.name().equals("absences"))
            .findFirst()
            .orElseThrow();
    return absences.run(new Stop());
  }

  private static Agent agent(int i) {
    return Agent.of("agent-" + i, "Agent " + i);
  }

  private Conversation asked() {
    street.arrives(fromAna("q" + street.open().size() + "@customer.example", "Is it ready?"));
    street.sync();
    return street.open().get(0);
  }

  /** Clara, who was never there, has it, and its customer waits for her. */
  private Conversation taken(String id, Inbox inbox, Instant since, Instant takenAt) {
    Conversation taken =
        Shop.conversation(id, inbox, Shop.ANA)
            .withVersion(0)
            .withState(
                Conversation.State.NEW
                    .withAssignee(Shop.CLARA.id())
                    .withService(Service.arrived(since).taken(Shop.CLARA.id(), takenAt)));
    street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .conversations(List.of(taken))
                .audit(
                    List.of(
                        Sample.entry(
                            "e-" + id,
                            AuditSubject.of(inbox.id(), taken.id()),
                            new AuditFact.ConversationOpened("a customer wrote"))))
                .build());
    return taken;
  }

  private void routedToDirk() {
    change(
        Shop.workshop(),
        it ->
            it.rules(
                RuleSet.of(
                    Rule.named("Dirk's").always().then(new RuleAction.RouteToAgent(Shop.DIRK)))));
  }

  private Conversation now(Conversation conversation) {
    return street.storage.inboxes().conversations(List.of(conversation.id())).get(0);
  }

  private List<AuditFact> facts() {
    List<AuditFact> facts =
        new ArrayList<>(
            street.storage.audit().newest(2000).stream()
                .map(AuditEntry::fact)
                .filter(each -> !(each instanceof AuditFact.InboxConfigured))
                .toList());
    Collections.reverse(facts);
    return facts;
  }

  private void distributed(@Nullable Strategy strategy) {
    change(Shop.workshop(), it -> it.strategy(strategy).members(List.of(Member.of("clara"))));
  }

  private void change(Inbox inbox, UnaryOperator<InboxSettings.Change> change) {
    Inbox stored =
        street.storage.inboxes().inboxes().stream()
            .filter(each -> each.id().equals(inbox.id()))
            .findFirst()
            .orElseThrow();
    street.keep(stored.withSettings(change.apply(stored.settings().change()).build()));
  }
}
