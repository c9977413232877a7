package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter.Order;
import io.engage.model.conversation.Page.Mark;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conversations with one property, in every order in which they can be listed. */
final class ConversationList {
  private final Timeline<Conversation> byTime = Timeline.newestFirst();
  private final Timeline<Conversation> byUrgency = Timeline.urgentFirst();

  static Comparator<Mark> comparator(Order order) {
    return switch (order) {
      case NEWEST_FIRST -> Timeline.NEWEST_FIRST;
      case OLDEST_FIRST -> Timeline.OLDEST_FIRST;
      case URGENT_FIRST -> Timeline.URGENT_FIRST;
    };
  }

  static Mark timeOf(Conversation each) {
    return new Mark(each.lastMessageAt(), each.id().value());
  }

  private static Mark urgencyOf(Conversation each) {
    return new Mark(each.state().priority(), each.lastMessageAt(), each.id().value());
  }

  void put(Conversation each) {
    byTime.put(timeOf(each), each);
    byUrgency.put(urgencyOf(each), each);
  }

  void remove(Conversation each) {
    byTime.remove(timeOf(each));
    byUrgency.remove(urgencyOf(each));
  }

  int size() {
    return byTime.size();
  }

  boolean isEmpty() {
    return byTime.isEmpty();
  }

  Stream<Conversation> newest(int most) {
    return byTime.all().stream().limit(most);
  }

  /** What comes behind {@code after}, or everything. */
  Iterator<Map.Entry<Mark, Conversation>> walk(Order order, @Nullable Mark after) {
    return switch (order) {
      case NEWEST_FIRST -> byTime.walk(after);
      case OLDEST_FIRST -> byTime.walkBack(after);
      case URGENT_FIRST -> byUrgency.walk(after);
    };
  }
}
