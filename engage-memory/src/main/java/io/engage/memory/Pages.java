package io.engage.memory;

import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cuts pages from sorted walks. */
final class Pages {
  private Pages() {}

  /** Stops at the first thing that does not fit, which tells that something follows. */
  static <T> Page<T> page(Iterator<Map.Entry<Mark, T>> walk, Predicate<T> wanted, int limit) {
    List<T> items = new ArrayList<>();
    @Nullable Mark last = null;
    while (walk.hasNext()) {
      Map.Entry<Mark, T> next = walk.next();
      if (!wanted.test(next.getValue())) {
        continue;
      }
      if (items.size() == limit) {
        return new Page<>(items, last);
      }
      items.add(next.getValue());
      last = next.getKey();
    }
    return new Page<>(items, null);
  }
}
