package io.engage.core.arranging;

/** What comes of the wish to arrange something, as far as it can be said without the host. */
public sealed interface Arrangement<T> {

  /** The host is asked for this. */
  record Asked<T>(T wish) implements Arrangement<T> {}

  /** The host is not asked; {@code reason} is shown to the agent. */
  record Refused<T>(String reason) implements Arrangement<T> {}
}
