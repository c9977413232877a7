package io.engage.core;

import io.engage.core.configuring.Differences;
import io.engage.memory.InMemoryPresence;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.spi.Permissions;
import io.engage.spi.Storage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workshop that offers its repairs to Clara and Dirk, and short words for what happens there.
 * What Engage does by itself it does when {@link #settle} is called.
 */
final class Bench implements AutoCloseable {
  static final Limits TWO_EACH = new Limits(2, Integer.MAX_VALUE);

  final Street street = new Street();
  final InMemoryPresence presence = InMemoryPresence.create();
  final Engage engage;
  final QueueDesk clara;
  final QueueDesk dirk;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Executor threads = tasks::add;

  private Bench(InboxSettings settings) {
    street.engage.close();
    street.keep(Shop.workshop().withSettings(settings));
    this.engage = engageOn(street.storage);
    this.clara = engage.deskOf(Shop.CLARA).queue();
    this.dirk = engage.deskOf(Shop.DIRK).queue();
  }

  /** Two each at a time. */
  static Bench with(Strategy strategy) {
    return of(settings -> settings.strategy(strategy).limits(TWO_EACH));
  }

  static Bench of(UnaryOperator<InboxSettings.Change> change) {
    return new Bench(
        change
            .apply(
                InboxSettings.usual()
                    .change()
                    .members(List.of(Member.of("clara"), Member.of("dirk"))))
            .build());
  }

  /** Another node, or the same one after a restart. */
  Engage engageOn(Storage storage) {
    return builderOn(storage).build();
  }

  /** One with a host that says otherwise who may do what. */
  Engage engageOn(Storage storage, Permissions permissions) {
    return builderOn(storage).permissions(permissions).build();
  }

  private Engage.Builder builderOn(Storage storage) {
    return street.builderWithoutInboxes(storage).presence(presence).executor(threads);
  }

  /** Whatever Engage has begun to do by itself is done. */
  void settle() {
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      next.run();
    }
  }

  /** Whatever this node had begun to do by itself is never done. */
  void dies() {
    tasks.clear();
  }

  Bench signIn(Agent... agents) {
    for (Agent agent : agents) {
      change(session -> session.signedIn(agent, street.clock.instant()), agent);
    }
    return this;
  }

  Bench signOut(Agent agent) {
    return change(session -> session.signedOut(street.clock.instant()), agent);
  }

  /** Ends the break when there is no type. */
  Bench pause(Agent agent, @Nullable String type) {
    return change(session -> session.paused(type, street.clock.instant()), agent);
  }

  private Bench change(UnaryOperator<AgentSession> change, Agent agent) {
    AgentSession before = session(agent);
    AgentSession after = change.apply(before);
    engage
        .foundation()
        .commit(
            InboxChange.builder().document(after),
            Actor.agent(agent),
            AuditSubject.NONE,
            fact(before, after));
    return this;
  }

  private static AuditFact fact(AgentSession before, AgentSession after) {
    AgentId agent = after.agent().id();
    if (before.online() != after.online()) {
      return after.online()
          ? new AuditFact.SignedIn(agent, after.agent().name())
          : new AuditFact.SignedOut(agent, "bye");
    }
    return after.pause() == null
        ? new AuditFact.BreakEnded(agent)
        : new AuditFact.BreakBegun(agent, after.pause());
  }

  AgentSession session(Agent agent) {
    return street.storage.documents().find(List.of(AgentSession.keyOf(agent.id()))).stream()
        .map(AgentSession.class::cast)
        .findFirst()
        .orElseGet(() -> AgentSession.never(agent, street.clock.instant()));
  }

  /** Customers wait, the first of them the longest. */
  Bench waits(String... ids) {
    Arrays.stream(ids).forEach(id -> waits(id, Conversation.State.USUAL_PRIORITY));
    return this;
  }

  Bench waits(String id, int priority) {
    street.clock.advance(Duration.ofSeconds(1));
    Conversation fresh =
        fresh(id)
            .withState(
                Conversation.State.NEW
                    .withPriority(priority)
                    .withService(Service.arrived(street.clock.instant())));
    store(fresh);
    return this;
  }

  private static Conversation fresh(String id) {
    Conversation made = Shop.conversation(id, Shop.workshop(), Shop.ANA);
    return new Conversation(
        made.id(),
        made.inbox(),
        made.channel(),
        made.subject(),
        made.participants(),
        made.messages(),
        made.unread(),
        made.openedAt(),
        made.lastMessageAt(),
        made.exchange(),
        made.state(),
        0);
  }

  /** As another node would, which then dies. */
  void store(Conversation conversation) {
    street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .conversations(List.of(conversation))
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of(UUID.randomUUID().toString()),
                            street.clock.instant(),
                            Actor.RECEIVING,
                            AuditSubject.of(conversation.inbox(), conversation.id()),
                            new AuditFact.ConversationOpened("a customer wrote"))))
                .build());
  }

  Inbox workshop() {
    return engage.inboxes().stream()
        .filter(each -> each.id().equals(Shop.workshop().id()))
        .findFirst()
        .orElseThrow();
  }

  /** As an administrator does on this node. */
  Bench setUp(UnaryOperator<InboxSettings.Change> change) {
    Inbox before = workshop();
    Inbox after = before.withSettings(change.apply(before.settings().change()).build());
    engage
        .foundation()
        .commit(
            InboxChange.builder().inbox(after),
            Actor.CONFIGURATION,
            AuditSubject.of(before.id()),
            new AuditFact.InboxConfigured(before.name(), Differences.between(before, after)));
    return this;
  }

  Conversation get(String id) {
    return street.storage.inboxes().conversations(List.of(ConversationId.of(id))).get(0);
  }

  QueueState state(String id) {
    return get(id).queueState();
  }

  Service service(String id) {
    return get(id).state().service();
  }

  /** To whom it is offered just now; nobody when to nobody. */
  @Nullable String offered(String id) {
    Offer offer = service(id).offer();
    return offer == null ? null : offer.to().value();
  }

  Map<String, String> offeredTo(String... ids) {
    Map<String, String> offered = new TreeMap<>();
    Arrays.stream(ids).forEach(id -> offered.put(id, Objects.toString(offered(id), "nobody")));
    return offered;
  }

  static ConversationId id(String id) {
    return ConversationId.of(id);
  }

  static List<String> ids(List<Conversation> conversations) {
    return conversations.stream().map(each -> each.id().value()).toList();
  }

  Stream<AuditFact> facts(String id) {
    return street.storage.audit().ofConversation(id(id)).stream().map(AuditEntry::fact);
  }

  @Override
  public void close() {
    engage.close();
    street.close();
  }
}
