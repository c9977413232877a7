package io.engage.core.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Days of a contact centre that pass in no time: customers write, agents come and go, take, refuse
 * and overlook what they are offered. After each event everything is drained, and it is looked at
 * whether somebody waits in vain or was overtaken.
 */
final class Days {
  static final Comparator<Conversation> QUEUE =
      Comparator.comparing(Days::place).thenComparing(each -> each.id().value());

  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
  private final Map<InboxId, Inbox> inboxes = new LinkedHashMap<>();
  private final Map<AgentId, AgentSession> sessions = new LinkedHashMap<>();
  private final Map<InboxId, Rotation> rotations = new HashMap<>();
  private final Map<ConversationId, Conversation> open = new LinkedHashMap<>();
  private final Map<ConversationId, Story> stories = new LinkedHashMap<>();
  private Function<Collection<Conversation>, List<InboxId>> order = Queueing::order;
  private OptionalInt lowestPriority = OptionalInt.empty();
  private double refused;
  private double overlooked;
  private Instant now;
  private double capacity;
  private double lost;
  private long numbers;

  private record Event(Instant at, long number, Runnable happens) {}

  /** What is known of a conversation afterwards; times of work in seconds of one seat. */
  static final class Story {
    final Instant arrived;
    final int priority;
    final Duration handling;
    double workAhead;
    double capacityBefore;
    double lostBefore;
    double capacityMeanwhile;
    double lostMeanwhile;
    double workAheadWhenSettled = -1;
    double capacityWhenSettled;
    double lostWhenSettled;
    double workOfLaterOnes;
    int overtakers;
    int refusals;
    boolean wasRefused;
    Instant begun = Instant.MAX;
    Instant done = Instant.MAX;

    Story(Instant arrived, int priority, Duration handling) {
      this.arrived = arrived;
      this.priority = priority;
      this.handling = handling;
    }

    /**
     * What could be worked since nobody who came could go before it any more; 0 if it had begun.
     */
    double capacitySinceSettled() {
      return workAheadWhenSettled < 0
          ? 0
          : capacityMeanwhile - (capacityWhenSettled - capacityBefore);
    }

    double lostSinceSettled() {
      return lostMeanwhile - (lostWhenSettled - lostBefore);
    }

    Duration waited() {
      return Duration.between(arrived, begun);
    }
  }

  Days(long seed, Instant from) {
    this.random = new Random(seed);
    this.now = from;
  }

  Days inbox(Inbox inbox) {
    inboxes.put(inbox.id(), inbox);
    for (Member each : inbox.settings().members()) {
      Agent agent = Agent.of(each.agent().value(), each.agent().value());
      sessions.putIfAbsent(each.agent(), AgentSession.never(agent, now).withVersion(1));
    }
    return this;
  }

  /** How often an offer is declined, and how often it passes without a word. */
  Days moods(double newRefused, double newOverlooked) {
    refused = newRefused;
    overlooked = newOverlooked;
    return this;
  }

  Days drainedInOrder(Function<Collection<Conversation>, List<InboxId>> newOrder) {
    order = newOrder;
    return this;
  }

  /** Of each it is told how it was when nobody of this priority could go before it any more. */
  Days settledAgainst(int lowest) {
    lowestPriority = OptionalInt.of(lowest);
    return this;
  }

  Random random() {
    return random;
  }

  void at(Instant at, Runnable happens) {
    events.add(new Event(at, numbers++, happens));
  }

  /** A customer writes at that moment, and whoever takes it works on it for so long. */
  void arrives(Instant at, InboxId inbox, int priority, Duration handling) {
    at(
        at,
        () -> {
          String id = "c%07d".formatted(stories.size());
          Conversation arrived = Workshop.waiter(id, inbox, now);
          Story story = new Story(now, priority, handling);
          story.workAhead = workInSeconds();
          story.capacityBefore = capacity;
          story.lostBefore = lost;
          stories.put(arrived.id(), story);
          open.put(arrived.id(), arrived.withState(arrived.state().withPriority(priority)));
          lowestPriority.ifPresent(
              lowest -> at(now.plus(Duration.ofMinutes(priority - lowest)), () -> settle(story)));
        });
  }

  private void settle(Story story) {
    if (story.begun.equals(Instant.MAX)) {
      story.workAheadWhenSettled = workInSeconds();
      story.capacityWhenSettled = capacity;
      story.lostWhenSettled = lost;
    }
  }

  /** Somebody works from then until then, with a break in between. */
  void works(AgentId agent, Instant from, Instant breakAt, Instant backAt, Instant until) {
    at(from, () -> change(agent, sessions.get(agent).signedIn(agentOf(agent), now)));
    at(breakAt, () -> pause(agent, "lunch"));
    at(backAt, () -> change(agent, sessions.get(agent).paused(null, now)));
    at(
        until,
        () -> {
          withdrawOffers(agent);
          change(agent, sessions.get(agent).signedOut(now));
        });
  }

  private Agent agentOf(AgentId agent) {
    return sessions.get(agent).agent();
  }

  private void pause(AgentId agent, String type) {
    if (sessions.get(agent).online()) {
      withdrawOffers(agent);
      change(agent, sessions.get(agent).paused(type, now));
    }
  }

  private void withdrawOffers(AgentId agent) {
    for (Conversation each : List.copyOf(open.values())) {
      if (each.queueState() == QueueState.OFFERED && offeredTo(each).equals(agent)) {
        failed(each);
        put(each.withState(each.state().withService(each.state().service().withoutOffer())));
      }
    }
  }

  private void change(AgentId agent, AgentSession session) {
    sessions.put(agent, session.withVersion(sessions.get(agent).version() + 1));
  }

  private void put(Conversation conversation) {
    open.put(conversation.id(), conversation.withVersion(conversation.version() + 1));
  }

  /** Everything happens, until nothing is left. A minute is the longest that nothing does. */
  Collection<Story> pass() {
    while (!events.isEmpty()) {
      Event next = events.poll();
      double seconds = Duration.between(now, next.at()).toMillis() / 1000.0;
      capacity += seconds * seats();
      now = next.at();
      next.happens().run();
      drain();
    }
    return stories.values();
  }

  /** Looks again each minute until then: refusals fade and schedules open without an event. */
  void minutes(Instant until) {
    at(
        now,
        () -> {
          if (now.isBefore(until)) {
            at(now.plusSeconds(60), () -> minutes(until));
          }
        });
  }

  /** How many could be worked on at once by those who are there. */
  private long seats() {
    long seats = 0;
    for (Inbox inbox : inboxes.values()) {
      if (inbox.settings().schedule().isOpenAt(now)) {
        seats +=
            inbox.settings().members().stream()
                    .map(each -> sessions.get(each.agent()))
                    .filter(each -> each.online() && !each.isOnBreak())
                    .count()
                * inbox.settings().limits().activePerAgent();
      }
    }
    return seats;
  }

  private double workInSeconds() {
    return open.values().stream().mapToDouble(this::secondsLeft).sum();
  }

  private double secondsLeft(Conversation conversation) {
    Story story = stories.get(conversation.id());
    return conversation.queueState() == QueueState.ACTIVE
        ? Duration.between(now, story.done).toMillis() / 1000.0
        : story.handling.toMillis() / 1000.0 + PATIENCE.toSeconds();
  }

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private void drain() {
    for (InboxId inbox : order.apply(heads())) {
      QueuePlan plan;
      do {
        Situation situation = situation(inboxes.get(inbox));
        plan = Queueing.decide(situation, random);
        plan.offers().forEach(each -> commit(each, situation));
      } while (plan.hasRoom() && !plan.offers().isEmpty());
      checkNobodyWaitsInVain(situation(inboxes.get(inbox)));
    }
  }

  private List<Conversation> heads() {
    return inboxes.values().stream()
        .filter(each -> each.settings().schedule().isOpenAt(now))
        .flatMap(each -> queued(each.id()).min(QUEUE).stream())
        .toList();
  }

  private List<Conversation> queueOf(InboxId inbox) {
    return queued(inbox).sorted(QUEUE).toList();
  }

  private Stream<Conversation> queued(InboxId inbox) {
    return open.values().stream()
        .filter(each -> each.inbox().equals(inbox) && each.queueState() == QueueState.QUEUED);
  }

  private Situation situation(Inbox inbox) {
    Map<AgentId, List<AgentLoad>> loads = loads();
    List<Candidate> candidates = new ArrayList<>();
    for (Member each : inbox.settings().members()) {
      AgentSession session = sessions.get(each.agent());
      if (session.online()) {
        List<AgentLoad> load = loads.getOrDefault(each.agent(), List.of());
        candidates.add(new Candidate(each, session, CallState.NO_CALL, load, true));
      }
    }
    return new Situation(
        inbox, now, candidates, queueOf(inbox.id()), rotations.get(inbox.id()), Set.of());
  }

  private Map<AgentId, List<AgentLoad>> loads() {
    Map<AgentId, List<AgentLoad>> loads = new HashMap<>();
    for (Conversation each : open.values()) {
      if (each.queueState() == QueueState.OFFERED) {
        loads
            .computeIfAbsent(offeredTo(each), any -> new ArrayList<>())
            .add(new AgentLoad(each.inbox(), Channel.EMAIL, 0, 1));
      } else if (each.queueState() == QueueState.ACTIVE) {
        loads
            .computeIfAbsent(each.findAssignee().orElseThrow(), any -> new ArrayList<>())
            .add(new AgentLoad(each.inbox(), Channel.EMAIL, 1, 0));
      }
    }
    return loads;
  }

  /** As a store commits it: whatever has another version than the stored one is stale. */
  private void commit(QueuePlan.Planned offer, Situation situation) {
    Conversation before = open.get(offer.conversation().id());
    AgentId to = offer.to().id();
    checkNobodyIsOvertaken(before, to, situation);
    assertThat(offer.conversation().version()).isEqualTo(before.version());
    assertThat(offer.session().version()).isEqualTo(sessions.get(to).version());
    put(offer.conversation());
    change(to, offer.session());
    Rotation rotation = offer.rotation();
    if (rotation != null) {
      Rotation stored = rotations.get(situation.inbox().id());
      assertThat(rotation.version()).isEqualTo(stored == null ? 0 : stored.version());
      rotations.put(rotation.inbox(), rotation.withVersion(rotation.version() + 1));
    }
    checkLimit(to, situation.inbox());
    answer(offer.conversation().id(), to);
  }

  private void answer(ConversationId id, AgentId to) {
    long version = open.get(id).version();
    double mood = random.nextDouble();
    Instant until = offerOf(open.get(id));
    if (mood < refused) {
      at(now.plusSeconds(1 + random.nextInt(20)), () -> ifStill(id, version, () -> refuse(id, to)));
    } else if (mood < refused + overlooked) {
      at(until, () -> ifStill(id, version, () -> overlook(id, to)));
    } else {
      at(now.plusSeconds(1 + random.nextInt(29)), () -> ifStill(id, version, () -> take(id, to)));
    }
  }

  private void ifStill(ConversationId id, long version, Runnable happens) {
    Conversation current = open.get(id);
    if (current != null && current.version() == version) {
      happens.run();
    }
  }

  private void refuse(ConversationId id, AgentId by) {
    failed(open.get(id));
    put(Work.declined(open.get(id), by, now));
  }

  private void overlook(ConversationId id, AgentId by) {
    refuse(id, by);
    pause(by, AgentSession.NO_ANSWER);
    at(
        now.plusSeconds(300),
        () -> {
          if (AgentSession.NO_ANSWER.equals(sessions.get(by).pause())) {
            change(by, sessions.get(by).paused(null, now));
          }
        });
  }

  /** The seat was held for nothing. */
  private void failed(Conversation conversation) {
    stories.get(conversation.id()).wasRefused = true;
    stories.get(conversation.id()).refusals++;
    Instant at = Objects.requireNonNull(conversation.state().service().offer()).at();
    lost += Duration.between(at, now).toMillis() / 1000.0;
  }

  private void take(ConversationId id, AgentId by) {
    Story story = stories.get(id);
    Conversation offered = open.get(id);
    story.begun = Objects.requireNonNull(offered.state().service().offer()).at();
    story.done = now.plus(story.handling);
    open.values().forEach(each -> countBefore(each, offered, story));
    put(Work.taken(offered, by, now));
    at(story.done, () -> open.remove(id));
  }

  /** It began while another waits that came before it, or has an earlier place. */
  private void countBefore(Conversation waiting, Conversation begun, Story story) {
    Story other = stories.get(waiting.id());
    if (waiting.findAssignee().isPresent() || other == story || begunBefore(story, other)) {
      return;
    }
    if (other.arrived.isBefore(story.arrived)) {
      other.workOfLaterOnes += story.handling.plus(PATIENCE).toSeconds();
    }
    if (QUEUE.compare(waiting, begun) < 0) {
      other.overtakers++;
    }
  }

  private static boolean begunBefore(Story story, Story other) {
    return story.begun.isBefore(other.arrived);
  }

  private static Instant place(Conversation conversation) {
    return conversation.state().findPlace().orElseThrow();
  }

  private static AgentId offeredTo(Conversation conversation) {
    return Objects.requireNonNull(conversation.state().service().offer()).to();
  }

  private static Instant offerOf(Conversation conversation) {
    return Objects.requireNonNull(conversation.state().service().offer()).until();
  }

  private void checkLimit(AgentId agent, Inbox inbox) {
    long has = loads().get(agent).stream().filter(each -> each.inbox().equals(inbox.id())).count();
    assertThat(has).isLessThanOrEqualTo(inbox.settings().limits().activePerAgent());
  }

  /** Nobody who comes before it could have been offered to the same agent. */
  private void checkNobodyIsOvertaken(Conversation offered, AgentId to, Situation situation) {
    Story story = stories.get(offered.id());
    story.capacityMeanwhile = capacity - story.capacityBefore;
    story.lostMeanwhile = lost - story.lostBefore;
    for (Conversation each : situation.queue()) {
      Conversation current = open.get(each.id());
      if (QUEUE.compare(each, offered) < 0 && current.queueState() == QueueState.QUEUED) {
        assertThat(Refusals.decide(current, now)).contains(to);
      }
    }
  }

  /** Nobody waits for whom there is somebody with room who has not refused them. */
  private static void checkNobodyWaitsInVain(Situation situation) {
    if (situation.closed().isEmpty()) {
      Eligible eligible = new Eligible(situation);
      List<AgentId> free =
          situation.candidates().stream()
              .filter(each -> eligible.decide(each) == null)
              .map(Candidate::agent)
              .toList();
      for (Conversation each : free.isEmpty() ? List.<Conversation>of() : situation.offerable()) {
        assertThat(Refusals.decide(each, situation.now())).containsAll(free);
      }
    }
  }
}
