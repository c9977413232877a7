package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.campaign.CampaignId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages exchanged about one matter with one correspondent: the thing that is listed,
 * assigned and completed.
 *
 * @param channel of the message that opened it
 * @param subject of the message that opened it, without reply and forward prefixes
 * @param participants who has taken part from outside, in order of appearance, at most 100
 * @param messages how many it holds, deleted ones not counted
 * @param unread how many of them nobody has opened
 * @param lastMessageAt when its newest message came or went; lists are sorted by it
 * @param exchange what a list shows of its newest message, and who is copied
 * @param state what agents change about it
 * @param version how often it was stored: 0 before the first time
 */
public record Conversation(
    ConversationId id,
    InboxId inbox,
    Channel channel,
    String subject,
    Set<Address> participants,
    int messages,
    int unread,
    Instant openedAt,
    Instant lastMessageAt,
    Exchange exchange,
    State state,
    long version) {
  /** How many participants are remembered. */
  public static final int MOST_PARTICIPANTS = 100;

  public Conversation {
    requireNonNull(id, "id");
    requireNonNull(inbox, "inbox");
    requireNonNull(channel, "channel");
    requireNonNull(subject, "subject");
    participants = Collections.unmodifiableSet(new LinkedHashSet<>(participants));
    requireNonNull(openedAt, "openedAt");
    requireNonNull(lastMessageAt, "lastMessageAt");
    requireNonNull(exchange, "exchange");
    requireNonNull(state, "state");
    if (unread < 0 || unread > messages) {
      throw new IllegalArgumentException(
          "Conversation '%s' cannot have %d unread of %d messages"
              .formatted(id.value(), unread, messages));
    }
  }

  /**
   * What agents and rules change about a conversation.
   *
   * @param assignee who works on it; null while nobody does
   * @param customer whom it is with; null while nobody is linked
   * @param completedAt when it was completed; null while it is open
   * @param tags in lower case
   * @param priority a lower number goes first, as {@link State#findPlace} says; 100 when nobody
   *     said anything
   * @param linkSettled whether an agent said whom it is with, or that it is with nobody: the
   *     library decides no more about it
   * @param service how far it has come between the customer and the agents
   */
  public record State(
      @Nullable AgentId assignee,
      @Nullable CustomerId customer,
      @Nullable Instant completedAt,
      Set<String> tags,
      int priority,
      boolean linkSettled,
      Service service) {
    /** The priority of what nobody gave one. */
    public static final int USUAL_PRIORITY = 100;

    /** What a priority that is lower by one counts for in the queue: so much longer a wait. */
    public static final Duration PRIORITY_STEP = Duration.ofMinutes(1);

    /** The farthest that a priority moves anybody in the queue, whatever the number. */
    public static final Duration FARTHEST = Duration.ofDays(1);

    /** Nobody works on it, nobody is linked, it is open. */
    public static final State NEW =
        new State(null, null, null, Set.of(), USUAL_PRIORITY, false, Service.NONE);

    public State {
      tags = Collections.unmodifiableSet(new TreeSet<>(tags));
      requireNonNull(service, "service");
    }

    /**
     * Its place in the queue of its inbox, where the earliest is next: since when the customer
     * waits, moved by {@link #PRIORITY_STEP} for each step that its priority is away from the usual
     * one, at most by {@link #FARTHEST}. So everybody's turn comes: who waits is overtaken only by
     * those who come within the difference of their priorities, and within one priority by nobody.
     * Empty while no customer waits.
     */
    public Optional<Instant> findPlace() {
      return Optional.ofNullable(service.waitingSince()).map(since -> since.plusSeconds(moved()));
    }

    private long moved() {
      long farthest = FARTHEST.toSeconds();
      long seconds = PRIORITY_STEP.toSeconds() * ((long) priority - USUAL_PRIORITY);
      return Math.max(-farthest, Math.min(farthest, seconds));
    }

    public State withAssignee(@Nullable AgentId newAssignee) {
      return new State(newAssignee, customer, completedAt, tags, priority, linkSettled, service);
    }

    public State withCustomer(@Nullable CustomerId newCustomer) {
      return new State(assignee, newCustomer, completedAt, tags, priority, linkSettled, service);
    }

    /** An agent said whom it is with; null for nobody. */
    public State withSettledCustomer(@Nullable CustomerId newCustomer) {
      return new State(assignee, newCustomer, completedAt, tags, priority, true, service);
    }

    public State withCompletedAt(@Nullable Instant newCompletedAt) {
      return new State(assignee, customer, newCompletedAt, tags, priority, linkSettled, service);
    }

    public State withTags(Set<String> newTags) {
      return new State(assignee, customer, completedAt, newTags, priority, linkSettled, service);
    }

    public State withPriority(int newPriority) {
      return new State(assignee, customer, completedAt, tags, newPriority, linkSettled, service);
    }

    public State withService(Service newService) {
      return new State(assignee, customer, completedAt, tags, priority, linkSettled, newService);
    }
  }

  /**
   * What a list shows of the newest message, and who is copied on an answer.
   *
   * @param sideOf the conversation beside which this one is led, as with whom a mail was forwarded
   *     to; null for one with a customer
   * @param label who wrote the newest message, as agents see it
   * @param preview the beginning of the newest message, as {@link
   *     io.engage.model.message.Message#preview()} has it
   * @param cc who gets a copy of each answer: set anew by each message that arrives, changed by
   *     agents, and taken by every answer, whichever message it answers
   * @param bcc the same, hidden from the others
   * @param line our number, through which text messages of it go: the person has agreed to those
   *     from this one, so it stays whatever inbox the conversation goes to; null while none went
   * @param copiedAt when the newest of the messages came that set these copies; null before the
   *     first
   * @param campaign the campaign to whose mail it was the answer; null when it was none
   */
  public record Exchange(
      @Nullable ConversationId sideOf,
      String label,
      String preview,
      List<NamedAddress> cc,
      List<NamedAddress> bcc,
      @Nullable PhoneNumber line,
      @Nullable Instant copiedAt,
      @Nullable CampaignId campaign) {
    /** Before the first message. */
    public static final Exchange NONE =
        new Exchange(null, "", "", List.of(), List.of(), null, null, null);

    public Exchange {
      requireNonNull(label, "label");
      requireNonNull(preview, "preview");
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
    }

    public Exchange withNewest(String newLabel, String newPreview) {
      return new Exchange(sideOf, newLabel, newPreview, cc, bcc, line, copiedAt, campaign);
    }

    public Exchange withCopies(List<NamedAddress> newCc, List<NamedAddress> newBcc) {
      return new Exchange(sideOf, label, preview, newCc, newBcc, line, copiedAt, campaign);
    }

    /** As a message that came then has them. */
    public Exchange withCopies(List<NamedAddress> newCc, List<NamedAddress> newBcc, Instant at) {
      return new Exchange(sideOf, label, preview, newCc, newBcc, line, at, campaign);
    }

    /** Whether a message is at least as new as the one that set the copies. */
    public boolean areCopiesFromBefore(Instant at) {
      return copiedAt == null || !at.isBefore(copiedAt);
    }

    public Exchange besides(ConversationId other) {
      return new Exchange(other, label, preview, cc, bcc, line, copiedAt, campaign);
    }

    public Exchange through(@Nullable PhoneNumber ours) {
      return new Exchange(sideOf, label, preview, cc, bcc, ours, copiedAt, campaign);
    }

    public Exchange of(@Nullable CampaignId answered) {
      return new Exchange(sideOf, label, preview, cc, bcc, line, copiedAt, answered);
    }

    @Override
    public String toString() {
      return "Exchange[%d cc, %d bcc]".formatted(cc.size(), bcc.size());
    }
  }

  /** What people call it by. */
  public ConversationNumber number() {
    return ConversationNumber.of(id);
  }

  /** Where it stands between the customer and an agent. */
  public QueueState queueState() {
    if (isCompleted()) {
      return QueueState.COMPLETED;
    } else if (state.assignee != null) {
      return QueueState.ACTIVE;
    } else if (!countsInQueues()) {
      return QueueState.IDLE;
    } else if (state.service.offer() != null) {
      return QueueState.OFFERED;
    }
    return state.service.waitingSince() != null ? QueueState.QUEUED : QueueState.IDLE;
  }

  /** Whether somebody can wait in it, and whether it is work of who has it. */
  public boolean countsInQueues() {
    return !isEmpty() && !isSideThread();
  }

  public boolean isCompleted() {
    return state.completedAt != null;
  }

  /** A conversation whose messages were all deleted is listed nowhere. */
  public boolean isEmpty() {
    return messages == 0;
  }

  /** Whether it is led beside another one, so that no customer sees it. */
  public boolean isSideThread() {
    return exchange.sideOf != null;
  }

  /** In whose history its messages stand; null for nobody, as in a side thread. */
  public @Nullable CustomerId historyOf() {
    return isSideThread() ? null : state.customer;
  }

  /** The campaign to whose mail it was the answer. */
  public Optional<CampaignId> findCampaign() {
    return Optional.ofNullable(exchange.campaign);
  }

  public Optional<AgentId> findAssignee() {
    return Optional.ofNullable(state.assignee);
  }

  public Optional<CustomerId> findCustomer() {
    return Optional.ofNullable(state.customer);
  }

  /**
   * The customer wrote: they wait for somebody, since then unless they did already, and what was
   * completed is open again. Beside a conversation nobody waits.
   *
   * @param at when the message came; a time to come counts as now
   */
  public Conversation awaited(Instant at, Instant now) {
    Instant waiting = at.isBefore(now) ? at : now;
    Service service = state.service;
    if (isCompleted()) {
      service = service.again(isSideThread() ? null : waiting, now);
    } else if (!isSideThread()) {
      service = service.waiting(waiting);
    }
    return withState(state.withCompletedAt(null).withService(service));
  }

  /** An agent works on it from then on. Who was asked, is asked no longer. */
  public Conversation taken(AgentId by, Instant at) {
    return withState(state.withAssignee(by).withService(state.service.taken(by, at)));
  }

  /**
   * Nobody works on it any more: while it is open it waits for somebody, at its old place when the
   * customer was waiting, else from now on.
   */
  public Conversation givenBack(Instant at) {
    boolean waits = !isCompleted() && countsInQueues();
    return withState(
        state
            .withAssignee(null)
            .withService(waits ? state.service.givenBack(at) : state.service.left()));
  }

  /** An agent has answered the customer. */
  public Conversation answered(AgentId by, Instant at) {
    return isSideThread() ? this : withState(state.withService(state.service.answered(by, at)));
  }

  /** It is done, and nobody waits. */
  public Conversation completed(Instant at) {
    return withState(state.withCompletedAt(at).withService(state.service.over()));
  }

  /**
   * An agent opened it again. A customer who was never answered waits since they came; otherwise
   * nobody waits for whoever works on it, and without anybody it waits for somebody from now on.
   */
  public Conversation reopened(Instant now) {
    Service before = state.service;
    Instant waiting = state.assignee == null ? now : null;
    if (before.arrivedAt() != null && before.answeredAt() == null) {
      waiting = before.arrivedAt();
    }
    return withState(
        state
            .withCompletedAt(null)
            .withService(before.again(countsInQueues() ? waiting : null, now)));
  }

  public Conversation withState(State newState) {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        participants,
        messages,
        unread,
        openedAt,
        lastMessageAt,
        exchange,
        newState,
        version);
  }

  public Conversation withExchange(Exchange newExchange) {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        participants,
        messages,
        unread,
        openedAt,
        lastMessageAt,
        newExchange,
        state,
        version);
  }

  public Conversation withSubject(String newSubject) {
    return new Conversation(
        id,
        inbox,
        channel,
        newSubject,
        participants,
        messages,
        unread,
        openedAt,
        lastMessageAt,
        exchange,
        state,
        version);
  }

  /** Without anything that says whom it was with or what about. Nobody can be answered. */
  public Conversation erased() {
    return new Conversation(
        id,
        inbox,
        channel,
        "",
        Set.of(),
        messages,
        unread,
        openedAt,
        lastMessageAt,
        new Exchange(
            exchange.sideOf, "", "", List.of(), List.of(), exchange.line, null, exchange.campaign),
        state.withCustomer(null).withTags(Set.of()).withService(state.service.over()),
        version);
  }

  /** With these people alone. */
  public Conversation withParticipants(Set<? extends Address> people) {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        new LinkedHashSet<>(people),
        messages,
        unread,
        openedAt,
        lastMessageAt,
        exchange,
        state,
        version);
  }

  /** As its newest message came or went then. */
  public Conversation withLastMessageAt(Instant at) {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        participants,
        messages,
        unread,
        openedAt,
        at,
        exchange,
        state,
        version);
  }

  /** In another inbox. */
  public Conversation in(InboxId other) {
    return new Conversation(
        id,
        other,
        channel,
        subject,
        participants,
        messages,
        unread,
        openedAt,
        lastMessageAt,
        exchange,
        state,
        version);
  }

  /**
   * With so many messages. An empty one is offered to nobody; its place stays, for when a message
   * comes back.
   */
  public Conversation withCounts(int newMessages, int newUnread) {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        participants,
        newMessages,
        newUnread,
        openedAt,
        lastMessageAt,
        exchange,
        newMessages == 0 ? state.withService(state.service.withoutOffer()) : state,
        version);
  }

  /** With one message more, and whoever took part in it. */
  public Conversation withMessage(Instant at, boolean isUnread, Set<? extends Address> people) {
    Set<Address> all = new LinkedHashSet<>(participants);
    people.stream().filter(each -> all.size() < MOST_PARTICIPANTS).forEach(all::add);
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        all,
        messages + 1,
        unread + (isUnread ? 1 : 0),
        openedAt,
        at.isAfter(lastMessageAt) ? at : lastMessageAt,
        exchange,
        state,
        version);
  }

  /** As it is after one more commit; for stores. */
  public Conversation withVersion(long newVersion) {
    return new Conversation(
        id,
        inbox,
        channel,
        subject,
        participants,
        messages,
        unread,
        openedAt,
        lastMessageAt,
        exchange,
        state,
        newVersion);
  }

  @Override
  public String toString() {
    return "Conversation[%s, %d messages]".formatted(id.value(), messages);
  }
}
