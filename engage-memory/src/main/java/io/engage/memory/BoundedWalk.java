package io.engage.memory;

import io.engage.model.conversation.Page.Mark;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A walk from new to old that ends before what is older than wanted. */
final class BoundedWalk<T> implements Iterator<Map.Entry<Mark, T>> {
  private final Iterator<Map.Entry<Mark, T>> walk;
  private final @Nullable Instant oldest;
  private Map.@Nullable Entry<Mark, T> next;

  BoundedWalk(Iterator<Map.Entry<Mark, T>> walk, @Nullable Instant oldest) {
    this.walk = walk;
    this.oldest = oldest;
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
    if (next != null && oldest != null && next.getKey().at().isBefore(oldest)) {
      next = null;
    }
  }
}
