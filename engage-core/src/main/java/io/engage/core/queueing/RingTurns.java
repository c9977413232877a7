package io.engage.core.queueing;

import java.util.SortedMap;
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
    Chair ahead = first(chairs.tailMap(next), wanted);
    Chair found = ahead == null ? first(chairs.headMap(next), wanted) : ahead;
    if (found != null) {
      chairs.remove(found.place());
    }
    return found;
  }

  private static @Nullable Chair first(SortedMap<Integer, Chair> some, Predicate<Chair> wanted) {
    return some.values().stream().filter(wanted).findFirst().orElse(null);
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
