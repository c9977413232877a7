package io.engage.testkit;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.message.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Filters by chance, and what they let pass, found the plain way: by looking at everything. */
final class RandomFilter {
  private RandomFilter() {}

  static ConversationFilter next(Random random) {
    List<UnaryOperator<ConversationFilter>> conditions = new ArrayList<>();
    conditions.add(filter -> filter.withCompletion(ConversationFilter.Completion.OPEN));
    conditions.add(filter -> filter.withCompletion(ConversationFilter.Completion.COMPLETED));
    conditions.add(filter -> filter.in(Sample.workshop().id()));
    conditions.add(filter -> filter.inInboxes(Set.of(Sample.workshop().id(), Sample.sales().id())));
    conditions.add(filter -> filter.assignedTo(Sample.clara().id()));
    conditions.add(ConversationFilter::unassigned);
    conditions.add(ConversationFilter::unread);
    conditions.add(filter -> filter.linked(true));
    conditions.add(filter -> filter.linked(false));
    conditions.add(filter -> filter.with(Sample.ana().id()));
    conditions.add(filter -> filter.through(Channel.SMS));
    conditions.add(filter -> filter.between(Sample.MONDAY.plusSeconds(10), null));
    conditions.add(
        filter -> filter.between(Sample.MONDAY.plusSeconds(5), Sample.MONDAY.plusSeconds(30)));
    conditions.add(filter -> filter.searching("STRAP watch"));
    conditions.add(filter -> filter.sorted(ConversationFilter.Order.OLDEST_FIRST));
    conditions.add(filter -> filter.sorted(ConversationFilter.Order.URGENT_FIRST));
    ConversationFilter filter = ConversationFilter.all();
    for (UnaryOperator<ConversationFilter> condition : conditions) {
      filter = random.nextInt(6) == 0 ? condition.apply(filter) : filter;
    }
    return random.nextBoolean() ? filter.matching(RandomCriterion.next(random, 3)) : filter;
  }

  static List<String> expected(List<Conversation> all, ConversationFilter filter) {
    return all.stream()
        .filter(each -> passes(each, filter))
        .sorted(comparator(filter.order()))
        .map(each -> each.id().value())
        .toList();
  }

  private static Comparator<Conversation> comparator(ConversationFilter.Order order) {
    Comparator<Conversation> oldest =
        Comparator.comparing(Conversation::lastMessageAt).thenComparing(each -> each.id().value());
    return switch (order) {
      case NEWEST_FIRST -> oldest.reversed();
      case OLDEST_FIRST -> oldest;
      case URGENT_FIRST ->
          Comparator.comparingInt((Conversation each) -> each.state().priority())
              .thenComparing(oldest);
    };
  }

  private static boolean passes(Conversation each, ConversationFilter filter) {
    return !each.isEmpty()
        && switch (filter.completion()) {
          case OPEN -> !each.isCompleted();
          case COMPLETED -> each.isCompleted();
          case BOTH -> true;
        }
        && switch (filter.assignment()) {
          case ANYBODY -> true;
          case NOBODY -> each.findAssignee().isEmpty();
          case AGENT -> Objects.equals(each.state().assignee(), filter.assignee());
        }
        && (filter.inboxes().isEmpty() || filter.inboxes().contains(each.inbox()))
        && (!filter.unreadOnly() || each.unread() > 0)
        && (filter.linked() == null || filter.linked() == each.findCustomer().isPresent())
        && (filter.customer() == null || filter.customer().equals(each.state().customer()))
        && (filter.channel() == null || filter.channel() == each.channel())
        && (filter.from() == null || !each.lastMessageAt().isBefore(filter.from()))
        && (filter.until() == null || each.lastMessageAt().isBefore(filter.until()))
        && hasWords(each, filter.words())
        && (filter.criterion() == null || RandomCriterion.holds(filter.criterion(), each));
  }

  private static boolean hasWords(Conversation each, String words) {
    String text = each.subject().toLowerCase(Locale.ROOT);
    return words.isEmpty()
        || List.of(words.toLowerCase(Locale.ROOT).split(" ")).stream().allMatch(text::contains);
  }
}
