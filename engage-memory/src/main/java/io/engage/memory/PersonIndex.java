package io.engage.memory;

import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Person;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which conversations have to do with whom, and how often, by the keys of {@link Person}. */
final class PersonIndex {
  private final Map<String, NavigableMap<String, Integer>> times = new HashMap<>();

  void add(Collection<String> keys, ConversationId conversation) {
    keys.forEach(
        key ->
            times
                .computeIfAbsent(key, any -> new TreeMap<>())
                .merge(conversation.value(), 1, Integer::sum));
  }

  void remove(Collection<String> keys, ConversationId conversation) {
    keys.forEach(
        key ->
            times.computeIfPresent(
                key,
                (any, ids) -> {
                  ids.computeIfPresent(
                      conversation.value(), (id, count) -> count == 1 ? null : count - 1);
                  return ids.isEmpty() ? null : ids;
                }));
  }

  /** Ascending, from {@code after} on. */
  NavigableSet<String> of(Person person, @Nullable ConversationId after, int limit) {
    NavigableSet<String> found = new TreeSet<>();
    for (String key : person.keys()) {
      NavigableMap<String, Integer> ids = times.get(key);
      if (ids != null) {
        (after == null ? ids : ids.tailMap(after.value(), false))
            .keySet().stream().limit(limit).forEach(found::add);
      }
    }
    return found;
  }
}
