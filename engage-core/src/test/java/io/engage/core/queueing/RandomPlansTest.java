package io.engage.core.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans for thousands of random situations, beside somebody who looks at everybody each time. */
@Tag("DI-2")
class RandomPlansTest {
  private static final int SITUATIONS = 1500;

  @ParameterizedTest
  @EnumSource(
      value = Distribution.class,
      names = {"LINEAR", "ROUND_ROBIN", "LEAST_RECENT", "FEWEST"})
  void a_plan_is_what_one_would_decide_offer_by_offer(Distribution distribution) {
    Random random = new Random(distribution.ordinal() + 100L);
    int offers = 0;

    for (int i = 0; i < SITUATIONS; i++) {
      Workshop workshop = randomWorkshop(random, distribution);

      List<String> planned = workshop.offers();

      assertThat(planned).isEqualTo(new Clerk(workshop.situation()).offers());
      offers += planned.size();
    }

    assertThat(offers).isGreaterThan(SITUATIONS);
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  @Tag("IN-8")
  void nobody_gets_too_much_nobody_with_room_is_left_out_and_explain_agrees(
      Distribution distribution) {
    Random random = new Random(distribution.ordinal() + 200L);

    for (int i = 0; i < SITUATIONS; i++) {
      Situation situation = randomWorkshop(random, distribution).situation();

      QueuePlan plan = Queueing.decide(situation, random);

      Clerk clerk = new Clerk(situation);
      plan.offers().forEach(clerk::checkAndGive);
      assertThat(clerk.overlooked()).isEmpty();
      assertThat(Queueing.room(situation)).isGreaterThanOrEqualTo(plan.offers().size());
      plan.offers().stream().limit(1).forEach(first -> assertNothingKeeps(first, situation));
    }
  }

  private static void assertNothingKeeps(QueuePlan.Planned first, Situation situation) {
    Conversation waiting =
        situation.queue().stream()
            .filter(each -> each.id().equals(first.conversation().id()))
            .findFirst()
            .orElseThrow();
    assertThat(Queueing.explain(situation, waiting, false)).doesNotContainKey(first.to().id());
  }

  private static Workshop randomWorkshop(Random random, Distribution distribution) {
    List<Eligibility> offering =
        List.of(
            Eligibility.IN_CALL,
            Eligibility.NO_CALL,
            Eligibility.INTERACTION,
            Eligibility.OMNI,
            Eligibility.NO_PAUSE);
    Workshop workshop =
        Workshop.with(offering.get(random.nextInt(offering.size())), distribution)
            .settings(
                each -> each.limits(new Limits(1 + random.nextInt(4), 1 + random.nextInt(12))));
    int members = random.nextInt(9);
    for (int i = 0; i < members; i++) {
      addRandomMember(workshop, "agent" + i, random);
    }
    if (random.nextInt(4) > 0) {
      workshop.lastServed("agent" + random.nextInt(10), random.nextInt(10));
    }
    int waiting = random.nextInt(12);
    for (int i = 0; i < waiting; i++) {
      workshop.waiting("watch" + i);
      for (int refusal = random.nextInt(3) * random.nextInt(3); refusal > 0; refusal--) {
        workshop.declined(
            "watch" + i, Duration.ofMinutes(random.nextInt(13)), "agent" + random.nextInt(9));
      }
    }
    return workshop.inCallInbox(InboxId.of("calls"));
  }

  private static void addRandomMember(Workshop workshop, String name, Random random) {
    workshop.member(new Member(AgentId.of(name), random.nextInt(101)));
    switch (random.nextInt(10)) {
      case 0 -> workshop.offline(name);
      case 1 -> workshop.onBreak(name);
      case 2 -> workshop.onThePhone(name);
      case 3 -> workshop.notPermitted(name);
      case 4 -> workshop.has(name, InboxId.of("calls"), random.nextInt(2), random.nextInt(2));
      case 5 -> workshop.has(name, Workshop.SHOP, 1, 0);
      case 6, 7 -> workshop.has(name, Workshop.REPAIRS, random.nextInt(3), random.nextInt(2));
      default -> workshop.servedToday(name, 0, "2026-11-23T09:00:00Z");
    }
    workshop.servedToday(
        name, random.nextInt(4), "2026-11-23T09:%02d:00Z".formatted(random.nextInt(60)));
  }

  /** Says the rules again, without any thought of time. */
  private static final class Clerk {
    private final Situation situation;
    private final Map<AgentId, Integer> given = new HashMap<>();
    private final Map<AgentId, Integer> turns = new HashMap<>();
    private final List<AgentId> members;
    private final List<String> gone = new ArrayList<>();
    private int next;

    Clerk(Situation situation) {
      this.situation = situation;
      members = situation.settings().members().stream().map(Member::agent).toList();
      if (situation.rotation() != null) {
        int place = members.indexOf(situation.rotation().last());
        next = place < 0 ? situation.rotation().place() : place + 1;
      }
    }

    List<String> offers() {
      List<String> offers = new ArrayList<>();
      for (Conversation each : queue()) {
        List<Candidate> able = able(each);
        if (situation.strategy().eligibility() == Eligibility.OMNI
            && able.stream().anyMatch(this::isIdle)) {
          able = able.stream().filter(this::isIdle).toList();
        }
        able.stream().min(order()).ifPresent(best -> offers.add(give(each, best)));
      }
      return offers;
    }

    private List<Conversation> queue() {
      int limit = situation.settings().limits().queued();
      return situation.queue().stream().limit(limit).toList();
    }

    private String give(Conversation conversation, Candidate to) {
      given.merge(to.agent(), 1, Integer::sum);
      turns.put(to.agent(), given.values().stream().mapToInt(each -> each).sum());
      next = members.indexOf(to.agent()) + 1;
      gone.add(conversation.id().value());
      return conversation.id().value() + " to " + to.agent().value();
    }

    private List<Candidate> able(Conversation conversation) {
      return situation.candidates().stream()
          .filter(this::isAble)
          .filter(
              each ->
                  conversation.state().service().declined().stream()
                      .noneMatch(
                          refusal ->
                              refusal.agent().equals(each.agent())
                                  && Duration.between(refusal.at(), situation.now())
                                          .compareTo(Duration.ofMinutes(10))
                                      < 0))
          .toList();
    }

    private boolean isAble(Candidate each) {
      if (!each.mayBeOffered() || !each.session().online() || each.session().pause() != null) {
        return false;
      }
      if (each.loads().stream()
          .anyMatch(
              load ->
                  load.inbox().equals(InboxId.of("calls")) && load.active() + load.offered() > 0)) {
        return false;
      }
      boolean onThePhone = each.call() == CallState.IN_CALL;
      int here = each.loadIn(Workshop.REPAIRS) + given.getOrDefault(each.agent(), 0);
      boolean below = here < situation.settings().limits().activePerAgent();
      return switch (situation.strategy().eligibility()) {
        case IN_CALL -> isIdle(each) && !onThePhone;
        case INTERACTION -> isIdle(each);
        case NO_CALL -> below;
        default -> below && !onThePhone;
      };
    }

    private boolean isIdle(Candidate each) {
      return each.load() + given.getOrDefault(each.agent(), 0) == 0;
    }

    private Comparator<Candidate> order() {
      Comparator<Candidate> linear = Comparator.comparingInt(each -> members.indexOf(each.agent()));
      Comparator<Candidate> recent =
          Comparator.<Candidate>comparingLong(this::lastServed).thenComparing(linear);
      return switch (situation.strategy().distribution()) {
        case LEAST_RECENT -> recent;
        case FEWEST -> Comparator.comparingInt(this::today).thenComparing(recent);
        case ROUND_ROBIN ->
            Comparator.comparing((Candidate each) -> members.indexOf(each.agent()) < next)
                .thenComparing(linear);
        default -> linear;
      };
    }

    private long lastServed(Candidate each) {
      Integer turn = turns.get(each.agent());
      AgentSession.Served served = each.session().served().get(Workshop.REPAIRS);
      if (turn != null) {
        return Long.MAX_VALUE - 1000 + turn;
      }
      return served == null ? Long.MIN_VALUE : served.last().toEpochMilli();
    }

    private int today(Candidate each) {
      AgentSession.Served served = each.session().served().get(Workshop.REPAIRS);
      return (served == null ? 0 : served.today()) + given.getOrDefault(each.agent(), 0);
    }

    void checkAndGive(QueuePlan.Planned offer) {
      Conversation waiting =
          queue().stream()
              .filter(each -> each.id().equals(offer.conversation().id()))
              .filter(each -> !gone.contains(each.id().value()))
              .findFirst()
              .orElseThrow();
      Candidate to =
          able(waiting).stream()
              .filter(each -> each.agent().equals(offer.to().id()))
              .findFirst()
              .orElseThrow();
      assertThat(overlookedBefore(waiting, to)).isEmpty();
      give(waiting, to);
    }

    /** Whoever waits longer and could have been given to the same one. */
    private List<String> overlookedBefore(Conversation taken, Candidate to) {
      return queue().stream()
          .takeWhile(each -> !each.id().equals(taken.id()))
          .filter(each -> !gone.contains(each.id().value()))
          .filter(each -> able(each).contains(to))
          .map(each -> each.id().value())
          .toList();
    }

    /** Whoever still waits although somebody could have it. */
    List<String> overlooked() {
      return queue().stream()
          .filter(each -> !gone.contains(each.id().value()))
          .filter(each -> !able(each).isEmpty())
          .map(each -> each.id().value())
          .toList();
    }
  }
}
