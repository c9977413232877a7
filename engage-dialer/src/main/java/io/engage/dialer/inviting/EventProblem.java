package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

/**
 * Why nobody can be invited to an event.
 *
 * @param reason in words, without anything that a row says
 */
public record EventProblem(EventPart part, String reason) {
  public EventProblem {
    requireNonNull(part, "part");
    requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return "The %s of the event %s".formatted(part.label(), reason);
  }
}
