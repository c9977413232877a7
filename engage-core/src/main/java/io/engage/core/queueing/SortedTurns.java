package io.engage.core.queueing;

import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The first in an order. */
final class SortedTurns implements Turns {
  private final TreeSet<Chair> chairs;

  SortedTurns(Comparator<Chair> order) {
    this.chairs = new TreeSet<>(order);
  }

  @Override
  public void add(Chair chair) {
    chairs.add(chair);
  }

  @Override
  public @Nullable Chair take(Predicate<Chair> wanted) {
    for (Iterator<Chair> all = chairs.iterator(); all.hasNext(); ) {
      Chair next = all.next();
      if (wanted.test(next)) {
        all.remove();
        return next;
      }
    }
    return null;
  }

  @Override
  public boolean isEmpty() {
    return chairs.isEmpty();
  }
}
