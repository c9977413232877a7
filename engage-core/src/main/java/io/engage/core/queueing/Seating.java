package io.engage.core.queueing;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Rotation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of an inbox who have room, and whose turn it is. It takes the members once, and then
 * for each offer the logarithm of their number.
 */
final class Seating {
  private static final Comparator<Chair> MEMBERS = comparingInt(Chair::place);
  private static final Comparator<Chair> LEAST_RECENT =
      comparing(Chair::lastServed).thenComparingInt(Chair::turn).thenComparing(MEMBERS);
  private static final Comparator<Chair> FEWEST =
      comparingInt(Chair::servedToday).thenComparing(LEAST_RECENT);

  private final Situation situation;
  private final LocalDate today;
  private final Map<AgentId, Integer> places = new HashMap<>();
  private final List<Chair> chairs = new ArrayList<>();
  private final Turns first;
  private final Turns others;
  private final List<QueuePlan.Planned> offers = new ArrayList<>();
  private @Nullable Rotation rotation;

  /** Only where the inbox is not {@linkplain Situation#closed closed}. */
  Seating(Situation situation, RandomGenerator random) {
    this.situation = situation;
    this.today = LocalDate.ofInstant(situation.now(), situation.settings().schedule().zone());
    this.rotation = situation.rotation();
    for (Member each : situation.settings().members()) {
      places.put(each.agent(), places.size());
    }
    this.first = turns(random);
    this.others = turns(random);
    seat();
  }

  private Turns turns(RandomGenerator random) {
    return switch (distribution()) {
      case LINEAR -> new SortedTurns(MEMBERS);
      case LEAST_RECENT -> new SortedTurns(LEAST_RECENT);
      case FEWEST -> new SortedTurns(FEWEST);
      case ROUND_ROBIN -> new RingTurns(next());
      case RANDOM -> new DrawnTurns(random, any -> 1, places.size());
      case WEIGHTED_RANDOM -> new DrawnTurns(random, Chair::weight, places.size());
    };
  }

  private Distribution distribution() {
    return situation.strategy().distribution();
  }

  /** Behind whoever was served last. Where they have left, whoever stood behind them moved up. */
  private int next() {
    if (rotation == null) {
      return 0;
    }
    Integer place = places.get(rotation.last());
    return place == null ? rotation.place() : place + 1;
  }

  private void seat() {
    Eligible eligible = new Eligible(situation);
    for (Candidate each : situation.candidates()) {
      Integer place = places.get(each.agent());
      if (place != null && eligible.decide(each) == null) {
        Chair chair = new Chair(each, place, eligible.room(each));
        chairs.add(chair.in(situation.inbox().id(), today));
        seat(chair);
      }
    }
  }

  private void seat(Chair chair) {
    if (chair.room() > 0) {
      (isFirst(chair) ? first : others).add(chair);
    }
  }

  /** Those who work on nothing come before those who do. */
  private boolean isFirst(Chair chair) {
    return situation.strategy().eligibility() == Eligibility.OMNI && chair.isIdle();
  }

  List<Agent> agents() {
    return chairs.stream().filter(each -> each.room() > 0).map(Chair::who).toList();
  }

  long room() {
    return chairs.stream().mapToLong(Chair::room).sum();
  }

  QueuePlan plan() {
    for (Conversation each : situation.offerable()) {
      if (isFull()) {
        break;
      }
      if (each.queueState() == QueueState.QUEUED) {
        Chair chair = take(each);
        if (chair != null) {
          offers.add(offer(each, chair));
          seat(chair);
        }
      }
    }
    return new QueuePlan(offers, !isFull() && (!offers.isEmpty() || mayBeLonger()));
  }

  private boolean isFull() {
    return first.isEmpty() && others.isEmpty();
  }

  /** What lies behind may be offered too; behind the limit of the queue nothing is. */
  private boolean mayBeLonger() {
    return situation.queue().size() < situation.settings().limits().queued();
  }

  private @Nullable Chair take(Conversation conversation) {
    Predicate<Chair> wanted = wanted(conversation);
    Chair taken = first.take(wanted);
    return taken == null ? others.take(wanted) : taken;
  }

  private Predicate<Chair> wanted(Conversation conversation) {
    Set<AgentId> declined = Refusals.decide(conversation, situation.now());
    return chair -> !declined.contains(chair.agent());
  }

  private QueuePlan.Planned offer(Conversation conversation, Chair chair) {
    AgentSession session =
        chair.serve(conversation.inbox(), today, situation.now(), offers.size() + 1);
    first.served(chair);
    others.served(chair);
    Conversation.State state = conversation.state();
    return new QueuePlan.Planned(
        conversation.withState(state.withService(state.service().offered(offerTo(chair)))),
        session,
        distribution() == Distribution.ROUND_ROBIN ? turned(chair) : null);
  }

  private Offer offerTo(Chair chair) {
    return new Offer(
        chair.agent(), situation.now(), situation.now().plus(situation.strategy().patience()));
  }

  private Rotation turned(Chair chair) {
    long version = rotation == null ? 0 : rotation.version();
    Rotation stored = new Rotation(situation.inbox().id(), chair.agent(), chair.place(), version);
    rotation = stored.withVersion(version + 1);
    return stored;
  }

  /** Who would get this one next; where chance decides, everybody among whom it does. */
  Set<AgentId> nextFor(Conversation conversation) {
    List<Chair> pool = chairs.stream().filter(wanted(conversation)).toList();
    if (pool.stream().anyMatch(this::isFirst)) {
      pool = pool.stream().filter(this::isFirst).toList();
    }
    if (!pool.isEmpty() && !isDrawn()) {
      Chair next = take(conversation);
      return next == null ? Set.of() : Set.of(next.agent());
    }
    return pool.stream().map(Chair::agent).collect(Collectors.toSet());
  }

  private boolean isDrawn() {
    return distribution() == Distribution.RANDOM || distribution() == Distribution.WEIGHTED_RANDOM;
  }
}
