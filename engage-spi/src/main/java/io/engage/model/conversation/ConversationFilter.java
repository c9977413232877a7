package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations a list shows. Every condition that is set has to hold; {@link #open()} and
 * {@link #all()} are where to start.
 *
 * @param completion open ones, completed ones, or both
 * @param inboxes in any of these; empty means in any
 * @param assignment whose
 * @param assignee only those of this agent; set exactly when {@code assignment} is {@link
 *     Assignment#AGENT}
 * @param unreadOnly only those with a message that nobody opened
 * @param linked only those with (true) or without (false) a customer; null means both
 * @param customer only those with this customer; null means any
 * @param channel only those of this channel; null means any
 * @param from only those whose newest message is from then or later; null means any
 * @param until only those whose newest message is from before then; null means any
 * @param words only those that have every one of these words, in any case, somewhere in subject,
 *     participants or the customer's id; empty means any
 * @param criterion what else has to be so; null means nothing
 * @param order which of them come first
 */
public record ConversationFilter(
    Completion completion,
    Set<InboxId> inboxes,
    Assignment assignment,
    @Nullable AgentId assignee,
    boolean unreadOnly,
    @Nullable Boolean linked,
    @Nullable CustomerId customer,
    @Nullable Channel channel,
    @Nullable Instant from,
    @Nullable Instant until,
    String words,
    @Nullable Criterion criterion,
    Order order) {

  /** Whether completed conversations are shown. */
  public enum Completion {
    OPEN,
    COMPLETED,
    BOTH
  }

  /** Whose conversations are shown. */
  public enum Assignment {
    ANYBODY,
    NOBODY,
    AGENT
  }

  /** What a list begins with. What is equal goes by id, in the direction of the time. */
  public enum Order {
    /** Descending by {@link Conversation#lastMessageAt()}. */
    NEWEST_FIRST,
    /** Ascending by {@link Conversation#lastMessageAt()}. */
    OLDEST_FIRST,
    /** Ascending by {@link Conversation.State#priority()}, then the oldest first. */
    URGENT_FIRST
  }

  public ConversationFilter {
    requireNonNull(completion, "completion");
    inboxes = Set.copyOf(inboxes);
    requireNonNull(assignment, "assignment");
    requireNonNull(words, "words");
    requireNonNull(order, "order");
    if ((assignment == Assignment.AGENT) != (assignee != null)) {
      throw new IllegalArgumentException(
          "A filter names an assignee exactly when it asks for an agent's conversations. Use"
              + " assignedTo(agent) or unassigned().");
    }
  }

  /** What still waits to be completed: the inbox as it opens. */
  public static ConversationFilter open() {
    return all().withCompletion(Completion.OPEN);
  }

  /** What has been completed. */
  public static ConversationFilter completed() {
    return all().withCompletion(Completion.COMPLETED);
  }

  /** Everything. */
  public static ConversationFilter all() {
    return new ConversationFilter(
        Completion.BOTH,
        Set.of(),
        Assignment.ANYBODY,
        null,
        false,
        null,
        null,
        null,
        null,
        null,
        "",
        null,
        Order.NEWEST_FIRST);
  }

  public ConversationFilter withCompletion(Completion wanted) {
    return changed(each -> each.completion = wanted);
  }

  public ConversationFilter inInboxes(Set<InboxId> wanted) {
    return changed(each -> each.inboxes = wanted);
  }

  public ConversationFilter in(InboxId wanted) {
    return inInboxes(Set.of(wanted));
  }

  public ConversationFilter assignedTo(AgentId agent) {
    return assigned(Assignment.AGENT, agent);
  }

  public ConversationFilter unassigned() {
    return assigned(Assignment.NOBODY, null);
  }

  private ConversationFilter assigned(Assignment wanted, @Nullable AgentId agent) {
    return changed(
        each -> {
          each.assignment = wanted;
          each.assignee = agent;
        });
  }

  public ConversationFilter unread() {
    return changed(each -> each.unreadOnly = true);
  }

  public ConversationFilter linked(boolean toSomebody) {
    return changed(each -> each.linked = toSomebody);
  }

  public ConversationFilter with(CustomerId wanted) {
    return changed(each -> each.customer = wanted);
  }

  public ConversationFilter through(Channel wanted) {
    return changed(each -> each.channel = wanted);
  }

  /** From {@code start} up to, not including, {@code end}. */
  public ConversationFilter between(@Nullable Instant start, @Nullable Instant end) {
    return changed(
        each -> {
          each.from = start;
          each.until = end;
        });
  }

  public ConversationFilter searching(String wanted) {
    return changed(each -> each.words = wanted);
  }

  public ConversationFilter matching(@Nullable Criterion wanted) {
    return changed(each -> each.criterion = wanted);
  }

  /** Listed in this order. */
  public ConversationFilter sorted(Order wanted) {
    return changed(each -> each.order = wanted);
  }

  private ConversationFilter changed(Consumer<Change> change) {
    Change next = new Change(this);
    change.accept(next);
    return next.filter();
  }

  /** A filter while it becomes another one. */
  private static final class Change {
    private Completion completion;
    private Set<InboxId> inboxes;
    private Assignment assignment;
    private @Nullable AgentId assignee;
    private boolean unreadOnly;
    private @Nullable Boolean linked;
    private @Nullable CustomerId customer;
    private @Nullable Channel channel;
    private @Nullable Instant from;
    private @Nullable Instant until;
    private String words;
    private @Nullable Criterion criterion;
    private Order order;

    private Change(ConversationFilter before) {
      completion = before.completion;
      inboxes = before.inboxes;
      assignment = before.assignment;
      assignee = before.assignee;
      unreadOnly = before.unreadOnly;
      linked = before.linked;
      customer = before.customer;
      channel = before.channel;
      from = before.from;
      until = before.until;
      words = before.words;
      criterion = before.criterion;
      order = before.order;
    }

    private ConversationFilter filter() {
      return new ConversationFilter(
          completion,
          inboxes,
          assignment,
          assignee,
          unreadOnly,
          linked,
          customer,
          channel,
          from,
          until,
          words,
          criterion,
          order);
    }
  }
}
