package io.engage.memory;

import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Things sorted by when they were and then by id, so that any page begins without counting. */
final class Timeline<T> {
  static final Comparator<Mark> OLDEST_FIRST = Timeline::compare;
  static final Comparator<Mark> NEWEST_FIRST = (one, other) -> compare(other, one);
  static final Comparator<Mark> URGENT_FIRST =
      (one, other) ->
          one.rank() == other.rank()
              ? compare(one, other)
              : Integer.compare(one.rank(), other.rank());

  private final NavigableMap<Mark, T> things;

  private Timeline(Comparator<Mark> order) {
    things = new TreeMap<>(order);
  }

  static <T> Timeline<T> oldestFirst() {
    return new Timeline<>(OLDEST_FIRST);
  }

  static <T> Timeline<T> newestFirst() {
    return new Timeline<>(NEWEST_FIRST);
  }

  static <T> Timeline<T> urgentFirst() {
    return new Timeline<>(URGENT_FIRST);
  }

  void put(Mark at, T thing) {
    things.put(at, thing);
  }

  void remove(Mark at) {
    things.remove(at);
  }

  /** Keeps only the first {@code most}. */
  void trim(int most) {
    while (things.size() > most) {
      things.pollLastEntry();
    }
  }

  int size() {
    return things.size();
  }

  boolean isEmpty() {
    return things.isEmpty();
  }

  @Nullable Mark first() {
    return things.isEmpty() ? null : things.firstKey();
  }

  Collection<T> all() {
    return things.values();
  }

  /** What comes behind {@code after}, or everything. */
  Iterator<Map.Entry<Mark, T>> walk(@Nullable Mark after) {
    return (after == null ? things : things.tailMap(after, false)).entrySet().iterator();
  }

  /** The same up to {@code end}, which is not in it. */
  Iterator<Map.Entry<Mark, T>> walk(@Nullable Mark after, Mark end) {
    NavigableMap<Mark, T> part = things.headMap(end, false);
    return (after == null ? part : part.tailMap(after, false)).entrySet().iterator();
  }

  /** The other way round: what comes before {@code before}, or everything. */
  Iterator<Map.Entry<Mark, T>> walkBack(@Nullable Mark before) {
    NavigableMap<Mark, T> part = before == null ? things : things.headMap(before, false);
    return part.descendingMap().entrySet().iterator();
  }

  Page<T> page(Page.Request request) {
    return Pages.page(walk(request.after()), any -> true, request.limit());
  }

  private static int compare(Mark one, Mark other) {
    int byTime = one.at().compareTo(other.at());
    return byTime != 0 ? byTime : one.id().compareTo(other.id());
  }
}
