package io.engage.core.queueing;

import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.Rotation;
import io.engage.model.queue.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The inbox of a workshop on a Monday morning: who is there, and who waits. */
final class Workshop {
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  static final InboxId REPAIRS = InboxId.of("repairs");
  static final InboxId SHOP = InboxId.of("shop");

  private final Map<AgentId, Candidate> people = new LinkedHashMap<>();
  private final List<Conversation> queue = new ArrayList<>();
  private final Set<InboxId> inCallInboxes = new LinkedHashSet<>();
  private final Random random = new Random(7);
  private InboxSettings settings = InboxSettings.usual();
  private @Nullable Rotation rotation;

  static Workshop with(Eligibility eligibility, Distribution distribution) {
    return new Workshop()
        .settings(each -> each.strategy(Strategy.of(eligibility, distribution)))
        .limit(2);
  }

  Workshop settings(UnaryOperator<InboxSettings.Change> change) {
    settings = change.apply(settings.change()).build();
    return this;
  }

  Workshop limit(int activePerAgent) {
    return settings(each -> each.limits(new Limits(activePerAgent, Integer.MAX_VALUE)));
  }

  /** Members who are online, on no break, in no call, and have nothing. */
  Workshop members(String... names) {
    for (String name : names) {
      member(Member.of(name));
    }
    return this;
  }

  Workshop member(Member member) {
    people.put(
        member.agent(), new Candidate(member, session(member), CallState.NO_CALL, List.of(), true));
    return this;
  }

  private static AgentSession session(Member member) {
    String id = member.agent().value();
    Agent agent = Agent.of(id, id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1));
    Instant morning = NOW.minus(Duration.ofHours(2));
    return AgentSession.never(agent, morning).signedIn(agent, morning).withVersion(1);
  }

  Workshop leaves(String name) {
    people.remove(AgentId.of(name));
    return this;
  }

  Workshop person(String name, UnaryOperator<Candidate> change) {
    people.computeIfPresent(AgentId.of(name), (id, before) -> change.apply(before));
    return this;
  }

  Workshop session(String name, UnaryOperator<AgentSession> change) {
    return person(
        name,
        each ->
            new Candidate(
                each.member(),
                change.apply(each.session()),
                each.call(),
                each.loads(),
                each.mayBeOffered()));
  }

  Workshop offline(String name) {
    return session(name, each -> each.signedOut(NOW));
  }

  Workshop onBreak(String name) {
    return session(name, each -> each.paused("lunch", NOW));
  }

  Workshop onThePhone(String name) {
    return person(
        name,
        each ->
            new Candidate(
                each.member(),
                each.session(),
                CallState.IN_CALL,
                each.loads(),
                each.mayBeOffered()));
  }

  Workshop notPermitted(String name) {
    return person(
        name,
        each -> new Candidate(each.member(), each.session(), each.call(), each.loads(), false));
  }

  Workshop has(String name, InboxId inbox, int active, int offered) {
    return person(
        name,
        each -> {
          List<AgentLoad> loads = new ArrayList<>(each.loads());
          loads.add(new AgentLoad(inbox, Channel.EMAIL, active, offered));
          return new Candidate(
              each.member(), each.session(), each.call(), loads, each.mayBeOffered());
        });
  }

  Workshop servedToday(String name, int times, String last) {
    return session(
        name,
        each -> {
          AgentSession served = each;
          for (int i = 0; i < times; i++) {
            served = served.served(REPAIRS, TODAY, Instant.parse(last));
          }
          return served;
        });
  }

  Workshop inCallInbox(InboxId inbox) {
    inCallInboxes.add(inbox);
    return this;
  }

  Workshop lastServed(String name, int place) {
    return rotation(new Rotation(REPAIRS, AgentId.of(name), place, 4));
  }

  Workshop rotation(@Nullable Rotation stored) {
    rotation = stored;
    return this;
  }

  /** Customers who wait, the first since an hour, each next since a minute less. */
  Workshop waiting(String... ids) {
    for (String id : ids) {
      waiting(waiter(id, NOW.minus(Duration.ofMinutes(60 - queue.size()))));
    }
    return this;
  }

  Workshop waiting(Conversation conversation) {
    queue.add(conversation);
    return this;
  }

  /** The same, offered before to these, who did not take it. */
  Workshop declined(String id, Duration ago, String... by) {
    queue.replaceAll(
        each -> each.id().value().equals(id) ? declined(each, NOW.minus(ago), by) : each);
    return this;
  }

  private static Conversation declined(Conversation conversation, Instant at, String... by) {
    Service service = conversation.state().service();
    for (String each : by) {
      service = service.declined(AgentId.of(each), at);
    }
    return conversation.withState(conversation.state().withService(service));
  }

  static Conversation waiter(String id, Instant since) {
    return waiter(id, REPAIRS, since);
  }

  static Conversation waiter(String id, InboxId inbox, Instant since) {
    return new Conversation(
        ConversationId.of(id),
        inbox,
        Channel.EMAIL,
        "My " + id,
        Set.of(EmailAddress.of("bea@customer.example")),
        1,
        1,
        since,
        since,
        Conversation.Exchange.NONE,
        Conversation.State.NEW.withService(Service.arrived(since)),
        0);
  }

  Conversation waiter(String id) {
    return queue.stream().filter(each -> each.id().value().equals(id)).findFirst().orElseThrow();
  }

  Situation situation() {
    return new Situation(
        inbox(), NOW, List.copyOf(people.values()), queue, rotation, inCallInboxes);
  }

  Inbox inbox() {
    List<Member> members = people.values().stream().map(Candidate::member).toList();
    return Inbox.of(REPAIRS.value(), "Repairs", "repairs@shop.example", AccountId.of("shop"))
        .withSettings(settings.change().members(members).build());
  }

  QueuePlan plan() {
    return Queueing.decide(situation(), random);
  }

  /** Who was offered what, as "watch to ana". */
  List<String> offers() {
    return plan().offers().stream()
        .map(each -> each.conversation().id().value() + " to " + each.offer().to().value())
        .toList();
  }

  /** Who may be offered the next one, in the order of members. */
  List<String> askable() {
    Map<AgentId, Obstacle> obstacles = explain("watch");
    return people.keySet().stream()
        .filter(each -> !obstacles.containsKey(each))
        .map(AgentId::value)
        .toList();
  }

  Map<AgentId, Obstacle> explain(String id) {
    Conversation waiter = waiter(id);
    return Queueing.explain(situation(), waiter, isBacklog(waiter));
  }

  private boolean isBacklog(Conversation waiter) {
    return queue.stream()
        .skip(settings.limits().queued())
        .limit(1)
        .anyMatch(first -> Queueing.isBacklog(waiter, first));
  }

  @Nullable Obstacle obstacle(String name) {
    return explain("watch").get(AgentId.of(name));
  }
}
