package io.engage.core.queueing;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who has room, in the order in which they get something. */
interface Turns {

  void add(Chair chair);

  /** Takes out the next of those who are wanted; null when there is none. */
  @Nullable Chair take(Predicate<Chair> wanted);

  /** Somebody was served, from here or elsewhere. */
  default void served(Chair chair) {}

  boolean isEmpty();
}
