package io.engage.memory;

import io.engage.model.conversation.Page.Mark;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A walk that ends before the first thing that is beyond what is wanted. */
final class BoundedWalk<T> implements Iterator<Map.Entry<Mark, T>> {
  private final Iterator<Map.Entry<Mark, T>> walk;
  private final Predicate<Mark> isBeyond;
  private Map.@Nullable Entry<Mark, T> next;

  BoundedWalk(Iterator<Map.Entry<Mark, T>> walk, Predicate<Mark> isBeyond) {
    this.walk = walk;
    this.isBeyond = isBeyond;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Map.Entry<Mark, T> next() {
    Map.Entry<Mark, T> current = next;
    if (current == null) {
      throw new NoSuchElementException();
    }
    advance();
    return current;
  }

  private void advance() {
    next = walk.hasNext() ? walk.next() : null;
    if (next != null && isBeyond.test(next.getKey())) {
      next = null;
    }
  }
}
