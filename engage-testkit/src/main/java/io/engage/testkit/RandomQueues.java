package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.spi.Queues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets conversations come, wait and go by chance, and finds who waits and who works the plain way:
 * by looking at all of them.
 */
final class RandomQueues {
  private static final List<InboxId> INBOXES =
      List.of(Sample.workshop().id(), Sample.sales().id(), InboxId.of("closed"));
  private static final List<Agent> CLERKS = List.of(Sample.clara(), Sample.dario());
  private static final List<AgentId> AGENTS =
      List.of(Sample.clara().id(), Sample.dario().id(), AgentId.of("eva"));
  private static final Comparator<Conversation> BY_ID =
      Comparator.comparing(each -> each.id().value());

  private final Shop shop;
  private final Random random;
  private final Map<String, Conversation> all = new HashMap<>();

  RandomQueues(Shop shop, Random random) {
    this.shop = shop;
    this.random = random;
  }

  /** A few conversations come or change. */
  void step() {
    Set<String> changed = new HashSet<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed.add("c" + random.nextInt(25));
    }
    List<Conversation> next = changed.stream().map(this::changed).toList();
    shop.commit(shop.change().conversations(next));
    next.forEach(each -> all.put(each.id().value(), each.withVersion(each.version() + 1)));
  }

  private Conversation changed(String id) {
    Conversation stored = all.get(id);
    SampleConversation fresh =
        SampleConversation.of(id)
            .in(random.nextBoolean() ? Sample.workshop() : Sample.sales())
            .through(random.nextInt(3) == 0 ? Channel.SMS : Channel.EMAIL)
            .holding(random.nextInt(8), 0)
            .urgent(99 + random.nextInt(3));
    if (random.nextInt(8) == 0) {
      fresh.besides("main");
    }
    return withState(fresh.make().withVersion(stored == null ? 0 : stored.version()));
  }

  private Conversation withState(Conversation each) {
    Service service =
        new Service(
            moment(),
            moment(),
            random.nextInt(3) == 0 ? new Offer(clerk(), any(), any()) : null,
            moment(),
            moment(),
            List.of(),
            List.of());
    return each.withState(
        each.state()
            .withService(service)
            .withAssignee(random.nextInt(3) == 0 ? clerk() : null)
            .withCompletedAt(random.nextInt(5) == 0 ? any() : null));
  }

  private AgentId clerk() {
    return CLERKS.get(random.nextInt(2)).id();
  }

  private @Nullable Instant moment() {
    return random.nextInt(4) == 0 ? null : any();
  }

  private Instant any() {
    return Sample.MONDAY.plusSeconds(20 * random.nextInt(10));
  }

  /** Every question that can be asked has the answer that looking at each conversation gives. */
  void requireEqual(Queues queues, String when) {
    for (InboxId inbox : INBOXES) {
      assertThat(Shop.all(3, page -> queues.waiting(inbox, page)))
          .as(when)
          .isEqualTo(waiting(inbox));
      assertThat(Shop.all(3, page -> queues.inHand(inbox, page))).as(when).isEqualTo(inHand(inbox));
    }
    for (AgentId agent : AGENTS) {
      assertThat(queues.offeredTo(agent)).as(when).isEqualTo(offeredTo(agent));
    }
    Instant now = any();
    assertThat(Shop.all(3, page -> queues.offeredUntil(now, page)))
        .as(when)
        .isEqualTo(offeredUntil(now));
    for (int place = 0; place < 3; place++) {
      int before = place;
      assertThat(queues.at(place, INBOXES))
          .as(when)
          .containsExactlyInAnyOrderElementsOf(
              INBOXES.stream()
                  .flatMap(inbox -> waiting(inbox).stream().skip(before).limit(1))
                  .toList());
    }
    assertThat(asSets(queues.loads(AGENTS))).as(when).isEqualTo(loads());
    assertThat(queues.standings(INBOXES)).as(when).isEqualTo(standings());
  }

  private Stream<Conversation> in(QueueState state) {
    return all.values().stream()
        .filter(each -> each.messages() > 0 && each.exchange().sideOf() == null)
        .filter(each -> each.queueState() == state);
  }

  private List<Conversation> waiting(InboxId inbox) {
    return in(QueueState.QUEUED)
        .filter(each -> each.inbox().equals(inbox))
        .sorted(
            Comparator.comparing(
                    (Conversation each) ->
                        since(each).plusSeconds(60L * (each.state().priority() - 100)))
                .thenComparing(BY_ID))
        .toList();
  }

  private List<Conversation> inHand(InboxId inbox) {
    return Stream.of(QueueState.ACTIVE, QueueState.OFFERED)
        .flatMap(state -> of(inbox, state).stream().sorted(BY_ID))
        .toList();
  }

  private List<Conversation> offeredTo(AgentId agent) {
    return in(QueueState.OFFERED)
        .filter(each -> offer(each).to().equals(agent))
        .sorted(Comparator.comparing((Conversation each) -> offer(each).at()).thenComparing(BY_ID))
        .toList();
  }

  private List<Conversation> offeredUntil(Instant now) {
    return in(QueueState.OFFERED)
        .filter(each -> !offer(each).until().isAfter(now))
        .sorted(
            Comparator.comparing((Conversation each) -> offer(each).until()).thenComparing(BY_ID))
        .toList();
  }

  private Map<AgentId, Set<AgentLoad>> loads() {
    Map<AgentId, Set<AgentLoad>> loads = new HashMap<>();
    for (AgentId agent : AGENTS) {
      Set<AgentLoad> own = new HashSet<>();
      for (InboxId inbox : INBOXES) {
        for (Channel channel : Channel.values()) {
          Predicate<Conversation> fits =
              each -> each.inbox().equals(inbox) && each.channel() == channel;
          long active =
              in(QueueState.ACTIVE)
                  .filter(fits)
                  .filter(each -> agent.equals(each.state().assignee()))
                  .count();
          long offered = offeredTo(agent).stream().filter(fits).count();
          own.add(new AgentLoad(inbox, channel, (int) active, (int) offered));
        }
      }
      own.removeIf(load -> load.active() + load.offered() == 0);
      loads.put(agent, own);
    }
    loads.values().removeIf(Set::isEmpty);
    return loads;
  }

  private static Map<AgentId, Set<AgentLoad>> asSets(Map<AgentId, List<AgentLoad>> loads) {
    loads.values().forEach(each -> assertThat(each).doesNotHaveDuplicates());
    return loads.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> Set.copyOf(each.getValue())));
  }

  private Map<InboxId, QueueStanding> standings() {
    Map<InboxId, QueueStanding> standings = new HashMap<>();
    for (InboxId inbox : INBOXES) {
      List<Conversation> queued = of(inbox, QueueState.QUEUED);
      List<Conversation> offered = of(inbox, QueueState.OFFERED);
      List<Conversation> active = of(inbox, QueueState.ACTIVE);
      if (queued.size() + offered.size() + active.size() > 0) {
        standings.put(
            inbox,
            new QueueStanding(
                queued.size(),
                offered.size(),
                active.size(),
                oldest(
                    Stream.concat(queued.stream(), offered.stream())
                        .map(each -> each.state().service().waitingSince())),
                oldest(active.stream().map(each -> each.state().service().takenAt()))));
      }
    }
    return standings;
  }

  private List<Conversation> of(InboxId inbox, QueueState state) {
    return in(state).filter(each -> each.inbox().equals(inbox)).toList();
  }

  private static @Nullable Instant oldest(Stream<@Nullable Instant> moments) {
    List<Instant> known = new ArrayList<>();
    moments.forEach(
        each -> {
          if (each != null) {
            known.add(each);
          }
        });
    return known.stream().min(Comparator.naturalOrder()).orElse(null);
  }

  private static Instant since(Conversation each) {
    Instant since = each.state().service().waitingSince();
    if (since == null) {
      throw new AssertionError("Nobody waits in " + each.id());
    }
    return since;
  }

  private static Offer offer(Conversation each) {
    Offer offer = each.state().service().offer();
    if (offer == null) {
      throw new AssertionError("Nobody is offered " + each.id());
    }
    return offer;
  }
}
