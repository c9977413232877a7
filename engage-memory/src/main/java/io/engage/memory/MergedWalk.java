package io.engage.memory;

import io.engage.model.conversation.Page.Mark;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Several sorted walks as one; what stands in more than one of them comes once. */
final class MergedWalk<T> implements Iterator<Map.Entry<Mark, T>> {
  private final PriorityQueue<Head<T>> heads;

  private record Head<T>(Map.Entry<Mark, T> next, Iterator<Map.Entry<Mark, T>> rest) {}

  MergedWalk(List<Iterator<Map.Entry<Mark, T>>> walks, Comparator<Mark> order) {
    heads =
        new PriorityQueue<>(
            Math.max(1, walks.size()), (a, b) -> order.compare(a.next.getKey(), b.next.getKey()));
    walks.forEach(this::advance);
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public Map.Entry<Mark, T> next() {
    Head<T> head = heads.poll();
    if (head == null) {
      throw new NoSuchElementException();
    }
    advance(head.rest);
    skip(head.next.getKey());
    return head.next;
  }

  private void skip(Mark given) {
    for (Head<T> head = heads.peek();
        head != null && head.next.getKey().equals(given);
        head = heads.peek()) {
      heads.remove();
      advance(head.rest);
    }
  }

  private void advance(Iterator<Map.Entry<Mark, T>> walk) {
    if (walk.hasNext()) {
      heads.add(new Head<>(walk.next(), walk));
    }
  }
}
