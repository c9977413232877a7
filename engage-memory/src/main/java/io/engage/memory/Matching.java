package io.engage.memory;

import io.engage.model.address.Address;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.customer.CustomerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether a conversation passes a filter. */
final class Matching implements Predicate<Conversation> {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final ConversationFilter filter;
  private final Map<ConversationId, Trigrams> trigrams;
  private final Map<String, Trigrams> wanted = new HashMap<>();
  private final List<String> words;

  /**
   * @param trigrams of all conversations
   */
  Matching(ConversationFilter filter, Map<ConversationId, Trigrams> trigrams) {
    this.filter = filter;
    this.trigrams = trigrams;
    this.words =
        SPACE.splitAsStream(filter.words().strip()).filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public boolean test(Conversation each) {
    return hasCompletion(each)
        && (filter.inboxes().isEmpty() || filter.inboxes().contains(each.inbox()))
        && hasAssignment(each)
        && (!filter.unreadOnly() || each.unread() > 0)
        && isLinked(each)
        && (filter.channel() == null || filter.channel() == each.channel())
        && isBetween(each)
        && hasWords(each);
  }

  /** What a conversation certainly does not have is not looked for in it. */
  private boolean hasWords(Conversation each) {
    Criterion criterion = filter.criterion();
    if (words.isEmpty() && criterion == null) {
      return true;
    }
    Trigrams all = trigrams.get(each.id());
    Predicate<String> mayHold =
        text -> all == null || wanted.computeIfAbsent(text, Trigrams::of).mayBeIn(all);
    return words.stream().allMatch(word -> mayHold.test(word) && isIn(each, word))
        && (criterion == null || CriterionMatching.matches(criterion, each, mayHold));
  }

  private boolean hasCompletion(Conversation each) {
    return switch (filter.completion()) {
      case OPEN -> !each.isCompleted();
      case COMPLETED -> each.isCompleted();
      case BOTH -> true;
    };
  }

  private boolean hasAssignment(Conversation each) {
    return switch (filter.assignment()) {
      case ANYBODY -> true;
      case NOBODY -> each.state().assignee() == null;
      case AGENT -> each.findAssignee().filter(who -> who.equals(filter.assignee())).isPresent();
    };
  }

  private boolean isLinked(Conversation each) {
    CustomerId customer = each.state().customer();
    return (filter.linked() == null || filter.linked() == (customer != null))
        && (filter.customer() == null || filter.customer().equals(customer));
  }

  private boolean isBetween(Conversation each) {
    return (filter.from() == null || !each.lastMessageAt().isBefore(filter.from()))
        && (filter.until() == null || each.lastMessageAt().isBefore(filter.until()));
  }

  private static boolean isIn(Conversation each, String word) {
    return Text.contains(each.subject(), word)
        || each.participants().stream().map(Address::value).anyMatch(it -> Text.contains(it, word))
        || each.findCustomer().filter(id -> Text.contains(id.value(), word)).isPresent();
  }
}
