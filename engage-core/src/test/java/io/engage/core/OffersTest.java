package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Permission;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.spi.Permissions;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of what waits: offered, accepted, declined, passed over, picked. */
@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OffersTest {
  private static final Strategy IN_TURNS = Strategy.USUAL;
  private static final Strategy ALWAYS_CLARA =
      Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR);
  private static final Duration PATIENCE = IN_TURNS.patience();

  private Bench bench = Bench.with(IN_TURNS);

  @AfterEach
  void close() {
    bench.close();
  }

  private void benchWith(Strategy strategy) {
    bench.close();
    bench = Bench.with(strategy);
  }

  @Test
  @Tag("DI-1")
  void the_lowest_priority_number_goes_first_and_then_whoever_has_waited_longest() {
    bench.waits("brakes").waits("chain").waits("saddle").waits("fire", 1);
    bench.signIn(Shop.CLARA);

    int offered = bench.engage.distribution().workOff();

    assertThat(offered).isEqualTo(2);
    assertThat(bench.offeredTo("brakes", "chain", "saddle", "fire"))
        .isEqualTo(
            Map.of("fire", "clara", "brakes", "clara", "chain", "nobody", "saddle", "nobody"));
    assertThat(Bench.ids(bench.clara.offers())).containsExactlyInAnyOrder("fire", "brakes");
  }

  @Test
  void an_offer_says_to_whom_and_until_when_and_stands_in_the_trail() {
    bench.waits("brakes").signIn(Shop.CLARA);
    Instant now = bench.street.clock.instant();

    bench.engage.distribution().workOff();

    Offer offer = new Offer(Shop.CLARA.id(), now, now.plus(PATIENCE));
    assertThat(bench.service("brakes").offer()).isEqualTo(offer);
    assertThat(bench.facts("brakes"))
        .endsWith(new AuditFact.Offered(Shop.CLARA.id(), "Clara Rossi", offer.until()));
    assertThat(bench.session(Shop.CLARA).served().get(Shop.workshop().id()).today()).isEqualTo(1);
  }

  @Test
  void what_is_accepted_is_theirs_and_keeps_its_place_while_the_customer_waits() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    Instant waiting = bench.service("brakes").waitingSince();

    Conversation accepted = bench.clara.accept(Bench.id("brakes")).findValue().orElseThrow();

    assertThat(accepted).isEqualTo(bench.get("brakes"));
    assertThat(accepted.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(accepted.findAssignee()).contains(Shop.CLARA.id());
    assertThat(accepted.state().service())
        .returns(waiting, Service::waitingSince)
        .returns(bench.street.clock.instant(), Service::takenAt)
        .returns(null, Service::offer)
        .returns(List.of(Shop.CLARA.id()), Service::handlers);
    assertThat(bench.facts("brakes"))
        .endsWith(new AuditFact.Assigned(Shop.CLARA.id(), "Clara Rossi"));
    assertThat(bench.clara.accept(Bench.id("brakes"))).isInstanceOf(Outcome.AlreadySo.class);
  }

  @Test
  void what_was_offered_to_one_is_not_accepted_by_another() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.signIn(Shop.DIRK);

    Outcome<Conversation> outcome = bench.dirk.accept(Bench.id("brakes"));

    assertThat(outcome).isEqualTo(new Outcome.Overtaken<>(bench.get("brakes")));
    assertThat(bench.offered("brakes")).isEqualTo("clara");
  }

  @Test
  void what_is_declined_goes_back_to_its_place_and_to_others_at_once() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes").waits("chain").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    Instant waiting = bench.service("brakes").waitingSince();
    bench.signIn(Shop.DIRK);
    bench.settle();

    Outcome<Conversation> outcome = bench.clara.decline(Bench.id("brakes"));
    bench.settle();

    assertThat(outcome.findValue().orElseThrow().queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(bench.service("brakes").waitingSince()).isEqualTo(waiting);
    assertThat(bench.offeredTo("brakes", "chain"))
        .isEqualTo(Map.of("brakes", "dirk", "chain", "clara"));
    assertThat(bench.facts("brakes")).contains(new AuditFact.OfferDeclined(Shop.CLARA.id()));
    assertThat(bench.clara.decline(Bench.id("brakes"))).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(bench.session(Shop.CLARA).isOnBreak()).isFalse();
  }

  @Test
  void who_declined_is_not_asked_again_for_ten_minutes() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.clara.decline(Bench.id("brakes"));

    bench.street.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    int early = bench.engage.distribution().workOff();
    bench.street.clock.advance(Duration.ofSeconds(1));
    int later = bench.engage.distribution().workOff();

    assertThat(early).isZero();
    assertThat(later).isEqualTo(1);
    assertThat(bench.offered("brakes")).isEqualTo("clara");
  }

  @Test
  void what_everybody_declined_who_is_there_holds_up_nobody_behind_it() {
    bench.waits("brakes").waits("chain").waits("saddle").signIn(Shop.CLARA);
    bench.setUp(it -> it.limits(new Limits(1, Integer.MAX_VALUE)));
    bench.engage.distribution().workOff();

    bench.clara.decline(Bench.id("brakes"));
    bench.settle();

    assertThat(bench.offeredTo("brakes", "chain", "saddle"))
        .isEqualTo(Map.of("brakes", "nobody", "chain", "clara", "saddle", "nobody"));
  }

  @Test
  void who_does_not_answer_goes_on_break_and_it_goes_on_to_another_from_its_old_place() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes").signIn(Shop.CLARA, Shop.DIRK);
    bench.engage.distribution().workOff();
    Instant waiting = bench.service("brakes").waitingSince();

    bench.street.clock.advance(PATIENCE);
    bench.engage.distribution().workOff();

    assertThat(bench.offered("brakes")).isEqualTo("dirk");
    assertThat(bench.service("brakes").waitingSince()).isEqualTo(waiting);
    assertThat(bench.session(Shop.CLARA).pause()).isEqualTo(AgentSession.NO_ANSWER);
    assertThat(bench.facts("brakes")).contains(new AuditFact.OfferUnanswered(Shop.CLARA.id()));
    assertThat(bench.street.storage.audit().newest(10))
        .anyMatch(
            each ->
                each.fact()
                    .equals(new AuditFact.BreakBegun(Shop.CLARA.id(), AgentSession.NO_ANSWER)));
  }

  @Test
  void an_empty_chair_loses_all_its_offers_with_the_first_one() {
    bench.waits("brakes").waits("chain").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();

    bench.street.clock.advance(PATIENCE);
    bench.engage.distribution().workOff();
    bench.settle();

    assertThat(bench.offeredTo("brakes", "chain"))
        .isEqualTo(Map.of("brakes", "nobody", "chain", "nobody"));
    assertThat(Stream.concat(bench.facts("brakes"), bench.facts("chain")))
        .containsOnlyOnce(
            new AuditFact.OfferUnanswered(Shop.CLARA.id()),
            new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "on break"));
  }

  @Test
  void an_offer_stands_to_the_last_moment_of_its_time() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();

    bench.street.clock.advance(PATIENCE.minusMillis(1));
    bench.engage.distribution().workOff();

    assertThat(bench.offered("brakes")).isEqualTo("clara");
    assertThat(bench.clara.accept(Bench.id("brakes")).isDone()).isTrue();
  }

  @Test
  void who_answers_after_it_was_noticed_that_they_did_not_is_told_so() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.street.clock.advance(PATIENCE);
    bench.engage.distribution().workOff();
    Outcome<Conversation> onBreak = bench.clara.accept(Bench.id("brakes"));
    bench.pause(Shop.CLARA, null);

    Outcome<Conversation> back = bench.clara.accept(Bench.id("brakes"));

    assertThat(onBreak).isEqualTo(new Outcome.Refused<>("You are on break. End it first."));
    assertThat(back)
        .isEqualTo(
            new Outcome.Refused<>(
                "It is not offered to you, or not any more. It waits in the queue."));
    assertThat(bench.clara.decline(Bench.id("brakes"))).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(bench.dirk.decline(Bench.id("brakes")))
        .isEqualTo(new Outcome.Refused<>("It is not offered to you any more."));
  }

  @Test
  void an_offer_is_taken_back_when_its_agent_goes_on_break() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();

    bench.pause(Shop.CLARA, "lunch").settle();

    assertThat(bench.state("brakes")).isEqualTo(QueueState.QUEUED);
    assertThat(bench.facts("brakes"))
        .endsWith(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "on break"));
    assertThat(bench.session(Shop.CLARA).pause()).isEqualTo("lunch");
  }

  @Test
  void an_offer_is_taken_back_when_its_agent_signs_out_and_goes_to_another() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes").signIn(Shop.CLARA, Shop.DIRK);
    bench.engage.distribution().workOff();

    bench.signOut(Shop.CLARA).settle();

    assertThat(bench.offered("brakes")).isEqualTo("dirk");
    assertThat(bench.facts("brakes"))
        .contains(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "signed out"));
  }

  @Test
  void an_offer_is_taken_back_when_its_agent_leaves_the_inbox() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes").signIn(Shop.CLARA, Shop.DIRK);
    bench.engage.distribution().workOff();

    bench
        .engage
        .setupOf(Shop.DIRK)
        .removeMembers(List.of(Shop.workshop().id()), List.of(Shop.CLARA.id()));
    bench.settle();

    assertThat(bench.offered("brakes")).isEqualTo("dirk");
    assertThat(bench.facts("brakes"))
        .contains(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "no member of the inbox any more"));
  }

  @Test
  void an_offer_is_taken_back_when_nothing_is_offered_in_its_inbox_any_more() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();

    bench.setUp(it -> it.enabled(false)).settle();

    assertThat(bench.state("brakes")).isEqualTo(QueueState.QUEUED);
    assertThat(bench.facts("brakes"))
        .endsWith(
            new AuditFact.OfferWithdrawn(
                Shop.CLARA.id(), "nothing is offered in the inbox any more"));
  }

  @Test
  @Tag("TH-6")
  void who_may_no_longer_be_offered_anything_neither_gets_it_nor_keeps_it() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes").waits("chain").waits("saddle").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.BE_OFFERED, Shop.workshop().id(), "Not her any more");

    bench.setUp(it -> it.limits(new Limits(3, 100))).settle();
    bench.street.clock.advance(PATIENCE);
    bench.engage.distribution().workOff();

    assertThat(bench.offeredTo("brakes", "chain", "saddle").values()).containsOnly("nobody");
    assertThat(bench.clara.offers()).isEmpty();
    assertThat(bench.facts("brakes"))
        .endsWith(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "Not her any more"));
  }

  @Test
  void who_is_gone_when_the_time_is_over_is_not_sent_on_break() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.signOut(Shop.CLARA);

    bench.street.clock.advance(PATIENCE);
    bench.engage.distribution().workOff();

    assertThat(bench.facts("brakes"))
        .endsWith(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "signed out"));
    assertThat(bench.session(Shop.CLARA).pause()).isNull();
  }

  @Test
  @Tag("TH-6")
  void who_could_not_answer_any_more_is_not_sent_on_break() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.BE_OFFERED, Shop.workshop().id(), "Not her any more");

    bench.street.clock.advance(PATIENCE);
    bench.engage.distribution().workOff();

    assertThat(bench.facts("brakes"))
        .endsWith(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "Not her any more"));
    assertThat(bench.session(Shop.CLARA).isOnBreak()).isFalse();
  }

  @Test
  @Tag("TH-6")
  void nobody_is_sent_on_break_whose_permissions_the_host_does_not_tell() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.street.clock.advance(PATIENCE);

    try (Engage node =
        bench
            .street
            .builderWithoutInboxes(bench.street.storage)
            .permissions(new SilentHost())
            .build()) {
      node.distribution().workOff();
    }

    assertThat(bench.state("brakes")).isEqualTo(QueueState.QUEUED);
    assertThat(bench.facts("brakes"))
        .endsWith(
            new AuditFact.OfferWithdrawn(
                Shop.CLARA.id(), "the host did not say whether it may stand"));
    assertThat(bench.session(Shop.CLARA).isOnBreak()).isFalse();
  }

  private static final class SilentHost implements Permissions {
    @Override
    public Map<InboxId, Permission> check(
        Agent agent, AgentAction action, Collection<InboxId> inboxes) {
      throw new IllegalStateException("The host is down");
    }

    @Override
    public Permission checkWithoutInbox(Agent agent, AgentAction action) {
      throw new IllegalStateException("The host is down");
    }
  }

  @Test
  @Tag("PO-3")
  void what_a_node_had_to_take_back_that_died_is_taken_back_by_another_one_soon() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes", "chain").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    Instant waiting = bench.service("brakes").waitingSince();
    bench.signOut(Shop.CLARA).dies();

    bench.engageOn(bench.street.storage).distribution().workOff();

    assertThat(bench.state("brakes")).isEqualTo(QueueState.QUEUED);
    assertThat(bench.service("brakes").waitingSince()).isEqualTo(waiting);
    assertThat(bench.facts("chain"))
        .endsWith(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "signed out"));
  }

  @Test
  @Tag("TH-6")
  void an_offer_is_taken_back_soon_when_the_host_withdraws_the_right_and_tells_nobody() {
    benchWith(ALWAYS_CLARA);
    bench.waits("brakes").signIn(Shop.CLARA, Shop.DIRK);
    bench.engage.distribution().workOff();
    bench.street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.BE_OFFERED, Shop.workshop().id(), "Not her any more");

    bench.engage.distribution().workOff();

    assertThat(bench.offered("brakes")).isEqualTo("dirk");
    assertThat(bench.facts("brakes"))
        .contains(new AuditFact.OfferWithdrawn(Shop.CLARA.id(), "Not her any more"));
    assertThat(bench.session(Shop.CLARA).isOnBreak()).isFalse();
  }

  @Test
  void nobody_accepts_who_is_not_there() {
    bench.waits("brakes").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.signOut(Shop.CLARA);

    Outcome<Conversation> outcome = bench.clara.accept(Bench.id("brakes"));

    assertThat(outcome).isEqualTo(new Outcome.Refused<>("You are not signed in. Sign in first."));
  }

  @Test
  @Tag("IN-8")
  void past_the_limit_of_the_queue_things_wait_as_backlog_and_move_up_by_themselves() {
    bench.setUp(it -> it.limits(new Limits(1, 1)));
    bench.waits("brakes").waits("chain").waits("saddle").signIn(Shop.CLARA);
    bench.engage.distribution().workOff();
    bench.clara.decline(Bench.id("brakes"));
    bench.settle();
    Map<String, String> whileItIsFull = bench.offeredTo("brakes", "chain", "saddle");

    bench.signIn(Shop.DIRK).settle();

    assertThat(whileItIsFull.values()).containsOnly("nobody");
    assertThat(bench.offeredTo("brakes", "chain", "saddle"))
        .isEqualTo(Map.of("brakes", "dirk", "chain", "clara", "saddle", "nobody"));
  }

  @Test
  @Tag("IN-8")
  void nobody_is_offered_more_than_the_limit_also_with_what_they_took_by_hand() {
    bench.waits("brakes").waits("chain").waits("saddle").signIn(Shop.CLARA);
    bench.engage.deskOf(Shop.CLARA).take(List.of(Bench.id("saddle")));

    int offered = bench.engage.distribution().workOff();

    assertThat(offered).isEqualTo(1);
    assertThat(bench.offeredTo("brakes", "chain"))
        .isEqualTo(Map.of("brakes", "clara", "chain", "nobody"));
  }

  @Test
  void a_closed_inbox_offers_nothing_and_what_is_active_goes_on_and_it_offers_when_it_opens() {
    bench.waits("brakes").waits("chain").signIn(Shop.CLARA);
    bench.setUp(it -> it.limits(new Limits(1, 100)));
    bench.engage.distribution().workOff();
    bench.setUp(it -> it.schedule(tomorrowAtNine()));

    Outcome<Conversation> accepted = bench.clara.accept(Bench.id("brakes"));
    bench.setUp(it -> it.limits(new Limits(2, 100)));
    int closed = bench.engage.distribution().workOff();
    bench.street.clock.advance(Duration.ofDays(1));
    job().run(new Stop());

    assertThat(accepted.isDone()).isTrue();
    assertThat(closed).isZero();
    assertThat(bench.offered("chain")).isEqualTo("clara");
  }

  private WeeklySchedule tomorrowAtNine() {
    DayOfWeek tomorrow = bench.street.clock.instant().atZone(ZoneOffset.UTC).getDayOfWeek().plus(1);
    return new WeeklySchedule(
        ZoneOffset.UTC, List.of(WeeklySchedule.Window.of(tomorrow, "00:00", "00:00")), Map.of());
  }

  private Job job() {
    return bench.engage.jobs().stream()
        .filter(each -> each.name().equals("distribution"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("PO-3")
  void all_inboxes_are_looked_at_every_ten_seconds_on_one_node_and_offers_end_on_any() {
    Engage other = bench.engageOn(bench.street.storage);
    bench.signIn(Shop.CLARA);
    job().run(new Stop());
    bench.waits("brakes");

    bench.street.clock.advance(DistributionDesk.SWEEP.minusSeconds(2));
    job().run(new Stop());
    String early = bench.offered("brakes");
    bench.street.clock.advance(Duration.ofSeconds(1));
    job().run(new Stop());
    String later = bench.offered("brakes");
    bench.street.clock.advance(PATIENCE);
    other.jobs().get(other.jobs().indexOf(job())).run(new Stop());

    assertThat(early).isNull();
    assertThat(later).isEqualTo("clara");
    assertThat(bench.facts("brakes")).contains(new AuditFact.OfferUnanswered(Shop.CLARA.id()));
    other.close();
  }

  @Test
  @Tag("DI-2")
  void whoever_is_on_the_phone_is_offered_nothing_where_that_counts_until_they_hang_up() {
    benchWith(Strategy.of(Eligibility.NO_PAUSE, Distribution.LINEAR));
    bench.presence.with(Shop.CLARA.id(), CallState.IN_CALL);
    bench.waits("brakes").signIn(Shop.CLARA);

    int phoning = bench.engage.distribution().workOff();
    bench.presence.with(Shop.CLARA.id(), CallState.NO_CALL);
    int hungUp = bench.engage.distribution().workOff();

    assertThat(phoning).isZero();
    assertThat(hungUp).isEqualTo(1);
  }

  @Test
  @Tag("DI-2")
  void where_members_pick_nothing_is_offered_and_each_takes_what_they_see() {
    benchWith(Strategy.of(Eligibility.RING_ALL_MULTIPLE, Distribution.LINEAR));
    bench.waits("brakes").waits("chain").waits("saddle").signIn(Shop.CLARA, Shop.DIRK);
    int offered = bench.engage.distribution().workOff();
    List<Conversation> seen =
        bench.clara.pickable(Shop.workshop().id(), 2).findValue().orElseThrow();

    Outcome<Conversation> picked = bench.clara.accept(Bench.id("chain"));
    Outcome<Conversation> late = bench.dirk.accept(Bench.id("chain"));

    assertThat(offered).isZero();
    assertThat(Bench.ids(seen)).containsExactly("brakes", "chain");
    assertThat(picked.findValue().orElseThrow().findAssignee()).contains(Shop.CLARA.id());
    assertThat(late).isEqualTo(new Outcome.Overtaken<>(bench.get("chain")));
    assertThat(bench.session(Shop.CLARA).served().get(Shop.workshop().id()).today()).isEqualTo(1);
    assertThat(Bench.ids(bench.dirk.pickable(Shop.workshop().id(), 9).findValue().orElseThrow()))
        .containsExactly("brakes", "saddle");
  }

  @Test
  @Tag("DI-2")
  void where_each_may_have_one_nobody_picks_another_and_backlog_is_not_picked() {
    benchWith(Strategy.of(Eligibility.RING_ALL, Distribution.LINEAR));
    bench.setUp(it -> it.limits(new Limits(5, 2)));
    bench.waits("brakes").waits("chain").waits("saddle").signIn(Shop.CLARA, Shop.DIRK);
    bench.clara.accept(Bench.id("brakes"));
    bench.waits("wheel");

    Outcome<Conversation> second = bench.clara.accept(Bench.id("chain"));
    Outcome<Conversation> backlog = bench.dirk.accept(Bench.id("wheel"));

    assertThat(second).isEqualTo(new Outcome.Refused<>("You cannot pick it now: working."));
    assertThat(backlog).isEqualTo(new Outcome.Refused<>("You cannot pick it now: backlog."));
    assertThat(bench.clara.pickable(Shop.workshop().id(), 9).findValue().orElseThrow()).isEmpty();
    assertThat(Bench.ids(bench.dirk.pickable(Shop.workshop().id(), 9).findValue().orElseThrow()))
        .containsExactly("chain", "saddle");
  }

  @Test
  @Tag("IN-8")
  void who_picks_or_asks_why_need_not_wait_until_a_long_queue_is_read() {
    benchWith(Strategy.of(Eligibility.RING_ALL_MULTIPLE, Distribution.LINEAR));
    bench.setUp(it -> it.limits(new Limits(5, 150)));
    IntStream.range(0, 200).forEach(each -> bench.waits("wheel" + each));
    bench.signIn(Shop.CLARA);
    CountingStorage counting = new CountingStorage(bench.street.storage);
    QueueDesk desk = bench.engageOn(counting.storage()).deskOf(Shop.CLARA).queue();

    Map<?, Obstacle> reasons = desk.explain(Bench.id("wheel150")).findValue().orElseThrow();
    Outcome<Conversation> backlog = desk.accept(Bench.id("wheel150"));
    Outcome<Conversation> last = desk.accept(Bench.id("wheel149"));

    assertThat(reasons.values()).containsOnly(Obstacle.BACKLOG);
    assertThat(backlog).isEqualTo(new Outcome.Refused<>("You cannot pick it now: backlog."));
    assertThat(last.isDone()).isTrue();
    assertThat(counting.steps()).isLessThan(100);
  }

  @Test
  @Tag("DI-2")
  void it_is_said_of_each_member_why_they_are_not_asked() {
    benchWith(ALWAYS_CLARA);
    bench.setUp(
        it ->
            it.members(
                List.of(
                    Member.of("ida"), Member.of("clara"), Member.of("dirk"), Member.of("emil"))));
    bench.waits("brakes").waits("chain").waits("saddle");
    bench.signIn(Shop.CLARA, Shop.DIRK);
    bench.engage.deskOf(Shop.CLARA).take(List.of(Bench.id("chain"), Bench.id("saddle")));
    bench.pause(Shop.DIRK, "lunch");

    Map<?, Obstacle> reasons = bench.clara.explain(Bench.id("brakes")).findValue().orElseThrow();

    assertThat(reasons.values())
        .containsExactly(
            Obstacle.OFFLINE, Obstacle.AT_THE_LIMIT, Obstacle.ON_BREAK, Obstacle.OFFLINE);
  }
}
