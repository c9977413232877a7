package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.core.QueueDesk;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Rotation;
import io.engage.model.queue.Service;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleConversation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Agents on several nodes take, decline and complete what several nodes offer them, all at once.
 * What happened is read from the trail afterwards, commit by commit.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DI-4")
@Tag("IN-8")
@Tag("PO-3")
class DistributionRaceTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final int NODES = 3;
  private static final int WAITING = 20;
  private static final List<Agent> AGENTS =
      List.of(
          Agent.of("clara", "Clara Contreras"),
          Agent.of("dirk", "Dirk Jensen"),
          Agent.of("emil", "Emil Berg"),
          Agent.of("fay", "Fay Ito"),
          Agent.of("gus", "Gus Moreau"),
          Agent.of("hana", "Hana Novak"));
  private static final List<Inbox> INBOXES =
      List.of(
          inbox("shop", Eligibility.NO_CALL, Distribution.ROUND_ROBIN, 2),
          inbox("workshop", Eligibility.OMNI, Distribution.FEWEST, 3),
          inbox("gallery", Eligibility.INTERACTION, Distribution.WEIGHTED_RANDOM, 5),
          inbox("market", Eligibility.RING_ALL_MULTIPLE, Distribution.LINEAR, 5));

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final List<Engage> nodes = new ArrayList<>();

  /** Where it is all kept. */
  enum Store {
    MEMORY,
    H2,
    POSTGRESQL;

    /** A way to open one store again and again. */
    Supplier<Storage> open() {
      if (this == MEMORY) {
        Storage storage = InMemoryStorage.create();
        return () -> storage;
      }
      DataSource database = Databases.of(this == H2 ? Dialect.H2 : Dialect.POSTGRESQL);
      return () -> JpaStorage.over(database).build();
    }
  }

  private static Inbox inbox(
      String id, Eligibility eligibility, Distribution distribution, int most) {
    return Inbox.of(id, id, id + "@shop.example", ACCOUNT.id())
        .withSettings(
            InboxSettings.usual()
                .change()
                .members(AGENTS.stream().map(each -> new Member(each.id(), 10)).toList())
                .limits(new Limits(most, 1000))
                .strategy(Strategy.of(eligibility, distribution))
                .build());
  }

  @AfterEach
  void close() {
    nodes.forEach(Engage::close);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void nothing_is_given_to_two_and_nobody_is_given_more_than_their_limit(Store store) {
    Supplier<Storage> open = store.open();
    Storage storage = open.get();
    IntStream.range(0, NODES).forEach(any -> nodes.add(node(open.get())));
    queue();
    AGENTS.forEach(this::signIn);
    AtomicInteger callers = new AtomicInteger();

    Race.run(NODES + AGENTS.size(), () -> take(callers.getAndIncrement(), storage));

    Trail trail = new Trail();
    trail.replay(storage);
    assertThat(conversations(storage))
        .hasSize(WAITING * INBOXES.size())
        .allMatch(each -> each.queueState() == QueueState.COMPLETED)
        .allMatch(each -> each.state().service().handlers().size() == 1);
    assertThat(trail.assigned.values()).hasSize(WAITING * INBOXES.size()).containsOnly(1);
    assertThat(trail.held).isEmpty();
    sessionsSayWhatWasServed(storage, trail);
    assertThat(storage.documents().find(List.of(Rotation.keyOf(INBOXES.get(0).id()))))
        .singleElement()
        .isInstanceOfSatisfying(
            Rotation.class, it -> assertThat(it.last()).isEqualTo(trail.lastInShop));
    assertThat(nodes.get(0).auditOf(AGENTS.get(0)).verify().findValue().orElseThrow().isIntact())
        .isTrue();
  }

  private static void sessionsSayWhatWasServed(Storage storage, Trail trail) {
    for (Agent agent : AGENTS) {
      AgentSession session =
          (AgentSession) storage.documents().find(List.of(AgentSession.keyOf(agent.id()))).get(0);
      int served = session.served().values().stream().mapToInt(AgentSession.Served::today).sum();
      assertThat(served).as(agent.name()).isEqualTo(trail.served.getOrDefault(agent.id(), 0));
    }
  }

  private Engage node(Storage storage) {
    Engage.Builder builder =
        Engage.builder()
            .storage(storage)
            .blobs(InMemoryBlobStore.create(clock))
            .mail(InMemoryMail.create(MimeFormat.create(), clock))
            .customers(InMemoryCustomerDirectory.create())
            .account(ACCOUNT)
            .signingKeys(Secret.of("the same key on every node"))
            .clock(clock);
    INBOXES.forEach(builder::inbox);
    return builder.build();
  }

  private void queue() {
    for (int i = 0; i < WAITING; i++) {
      for (Inbox inbox : INBOXES) {
        clock.advance(java.time.Duration.ofSeconds(1));
        Conversation fresh = SampleConversation.of(inbox.id().value() + "-" + i).in(inbox).make();
        commit(
            InboxChange.builder()
                .conversations(
                    List.of(
                        fresh.withState(
                            fresh.state().withService(Service.arrived(clock.instant()))))),
            Actor.RECEIVING,
            AuditSubject.of(inbox.id(), fresh.id()),
            new AuditFact.ConversationOpened("a customer wrote"));
      }
    }
  }

  private void signIn(Agent agent) {
    commit(
        InboxChange.builder()
            .document(AgentSession.never(agent, clock.instant()).signedIn(agent, clock.instant())),
        Actor.agent(agent),
        AuditSubject.NONE,
        new AuditFact.SignedIn(agent.id(), agent.name()));
  }

  private void commit(
      InboxChange.Builder change, Actor actor, AuditSubject subject, AuditFact fact) {
    nodes.get(0).foundation().commit(change, actor, subject, fact);
  }

  /** The first callers offer, each on a node of its own; the others are the agents. */
  private boolean take(int caller, Storage storage) {
    while (!isDone(storage)) {
      if (caller < NODES) {
        nodes.get(caller).distribution().workOff();
      } else {
        work(caller - NODES);
      }
    }
    return true;
  }

  private static boolean isDone(Storage storage) {
    return storage
        .search()
        .find(ConversationFilter.open(), Page.Request.first(1))
        .items()
        .isEmpty();
  }

  private void work(int number) {
    Agent agent = AGENTS.get(number);
    Engage node = nodes.get(number % NODES);
    QueueDesk desk = node.deskOf(agent).queue();
    List<ConversationId> taken = new ArrayList<>();
    for (Conversation each : desk.offers()) {
      if (isWanted(each, number)) {
        desk.accept(each.id()).findValue().ifPresent(it -> taken.add(it.id()));
      } else {
        desk.decline(each.id());
      }
    }
    desk.pickable(InboxId.of("market"), 3).findValue().orElse(List.of()).stream()
        .limit(1)
        .forEach(each -> desk.accept(each.id()).findValue().ifPresent(it -> taken.add(it.id())));
    node.deskOf(agent).complete(taken);
  }

  /** Clara takes everything, so that nothing is left. */
  private static boolean isWanted(Conversation conversation, int number) {
    return number == 0 || Objects.hash(conversation.id(), number) % 4 != 0;
  }

  private static List<Conversation> conversations(Storage storage) {
    return storage.search().find(ConversationFilter.all(), Page.Request.first(500)).items();
  }

  /** Who had what, after each commit. */
  private static final class Trail {
    final Map<ConversationId, AgentId> held = new HashMap<>();
    final Map<ConversationId, Integer> assigned = new HashMap<>();
    final Map<AgentId, Integer> served = new HashMap<>();
    final Map<AgentId, Map<InboxId, Integer>> loads = new HashMap<>();
    AgentId lastInShop = AgentId.of("nobody");

    void replay(Storage storage) {
      long after = 0;
      for (List<AuditLink> links = storage.audit().chainAfter(0, 500);
          !links.isEmpty();
          links = storage.audit().chainAfter(after, 500)) {
        links.forEach(each -> replay(each.entry().subject(), each.entry().fact()));
        after = links.get(links.size() - 1).sequence();
      }
    }

    private void replay(AuditSubject subject, AuditFact fact) {
      if (fact instanceof AuditFact.Offered offered) {
        give(subject, offered.agent());
      } else if (fact instanceof AuditFact.OfferDeclined declined) {
        assertThat(free(subject)).isEqualTo(declined.agent());
      } else if (fact instanceof AuditFact.Assigned to) {
        assign(subject, to.agent());
      } else if (fact instanceof AuditFact.Completed) {
        assertThat(free(subject)).isNotNull();
      } else {
        assertThat(fact)
            .isNotInstanceOfAny(AuditFact.OfferUnanswered.class, AuditFact.OfferWithdrawn.class);
      }
    }

    private void assign(AuditSubject subject, AgentId agent) {
      if (inboxOf(subject).id().equals(InboxId.of("market"))) {
        give(subject, agent);
      }
      assertThat(held.get(subject.conversation())).isEqualTo(agent);
      assigned.merge(Objects.requireNonNull(subject.conversation()), 1, Integer::sum);
    }

    private void give(AuditSubject subject, AgentId agent) {
      Inbox inbox = inboxOf(subject);
      Map<InboxId, Integer> load = loads.computeIfAbsent(agent, any -> new HashMap<>());
      int before = load.values().stream().mapToInt(each -> each).sum();
      int now = load.merge(inbox.id(), 1, Integer::sum);
      Strategy strategy = Objects.requireNonNull(inbox.settings().strategy());
      assertThat(held.put(Objects.requireNonNull(subject.conversation()), agent)).isNull();
      if (strategy.eligibility() == Eligibility.INTERACTION) {
        assertThat(before).isZero();
      } else if (!strategy.eligibility().isPicked()) {
        assertThat(now).isLessThanOrEqualTo(inbox.settings().limits().activePerAgent());
      }
      served.merge(agent, 1, Integer::sum);
      if (inbox.equals(INBOXES.get(0))) {
        lastInShop = agent;
      }
    }

    private AgentId free(AuditSubject subject) {
      AgentId agent = held.remove(subject.conversation());
      loads.get(agent).merge(inboxOf(subject).id(), -1, Integer::sum);
      return agent;
    }

    private static Inbox inboxOf(AuditSubject subject) {
      return INBOXES.stream()
          .filter(each -> each.id().equals(subject.inbox()))
          .findFirst()
          .orElseThrow();
    }
  }
}
