package io.engage.core;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What came of something that an agent asked for. What can be expected is a value, not an
 * exception.
 */
public sealed interface Outcome<T> {

  /** It is done and committed. */
  record Done<T>(T value) implements Outcome<T> {
    public Done {
      requireNonNull(value, "value");
    }
  }

  /** It was so already; nothing changed. */
  record AlreadySo<T>() implements Outcome<T> {}

  /** It was not done; {@code reason} can be shown to the agent. */
  record Refused<T>(String reason) implements Outcome<T> {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * It was not done, because somebody else was faster.
   *
   * @param current how it is now
   */
  record Overtaken<T>(T current) implements Outcome<T> {
    public Overtaken {
      requireNonNull(current, "current");
    }
  }

  /**
   * It was not done, because something speaks against it that the agent should know first; it is
   * done when they confirm. {@code reason} can be shown to them.
   */
  record Unconfirmed<T>(String reason) implements Outcome<T> {
    public Unconfirmed {
      requireNonNull(reason, "reason");
    }
  }

  /** There is no such thing here. */
  record Unknown<T>() implements Outcome<T> {}

  default boolean isDone() {
    return this instanceof Done;
  }

  /** The result, when it is done. */
  default Optional<T> findValue() {
    return this instanceof Done<T> done ? Optional.of(done.value()) : Optional.empty();
  }
}
