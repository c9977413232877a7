package io.engage.core.queueing;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Round and round, from behind whoever was served last. */
final class RingTurns implements Turns {
  private final TreeMap<Integer, Chair> chairs = new TreeMap<>();
  private int next;

  /**
   * @param next the place at which turns go on
   */
  RingTurns(int next) {
    this.next = next;
  }

  @Override
  public void add(Chair chair) {
    chairs.put(chair.place(), chair);
  }

  @Override
  public @Nullable Chair take(Predicate<Chair> wanted) {
    Chair ahead = first(next, Integer.MAX_VALUE, wanted);
    Chair found = ahead == null ? first(0, next, wanted) : ahead;
    if (found != null) {
      chairs.remove(found.place());
    }
    return found;
  }

  /** Step by step: a part of a map that is asked for its values counts them all. */
  private @Nullable Chair first(int from, int to, Predicate<Chair> wanted) {
    Map.Entry<Integer, Chair> each = chairs.ceilingEntry(from);
    while (each != null && each.getKey() < to) {
      if (wanted.test(each.getValue())) {
        return each.getValue();
      }
      each = chairs.higherEntry(each.getKey());
    }
    return null;
  }

  @Override
  public void served(Chair chair) {
    next = chair.place() + 1;
  }

  @Override
  public boolean isEmpty() {
    return chairs.isEmpty();
  }
}
