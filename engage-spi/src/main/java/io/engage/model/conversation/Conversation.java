package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
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
    requireNonNull(state, "state");
    if (unread < 0 || unread > messages) {
      throw new IllegalArgumentException(
          "Conversation '%s' cannot have %d unread of %d messages"
              .formatted(id.value(), unread, messages));
    }
  }

  /**
   * What agents change about a conversation.
   *
   * @param assignee who works on it; null while nobody does
   * @param customer whom it is with; null while nobody is linked
   * @param completedAt when it was completed; null while it is open
   */
  public record State(
      @Nullable AgentId assignee, @Nullable CustomerId customer, @Nullable Instant completedAt) {
    /** Nobody works on it, nobody is linked, it is open. */
    public static final State NEW = new State(null, null, null);

    public State withAssignee(@Nullable AgentId newAssignee) {
      return new State(newAssignee, customer, completedAt);
    }

    public State withCustomer(@Nullable CustomerId newCustomer) {
      return new State(assignee, newCustomer, completedAt);
    }

    public State withCompletedAt(@Nullable Instant newCompletedAt) {
      return new State(assignee, customer, newCompletedAt);
    }
  }

  public boolean isCompleted() {
    return state.completedAt != null;
  }

  /** A conversation whose messages were all deleted is listed nowhere. */
  public boolean isEmpty() {
    return messages == 0;
  }

  public Optional<AgentId> findAssignee() {
    return Optional.ofNullable(state.assignee);
  }

  public Optional<CustomerId> findCustomer() {
    return Optional.ofNullable(state.customer);
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
        newState,
        version);
  }

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
        state,
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
        state,
        newVersion);
  }

  @Override
  public String toString() {
    return "Conversation[%s, %d messages]".formatted(id.value(), messages);
  }
}
