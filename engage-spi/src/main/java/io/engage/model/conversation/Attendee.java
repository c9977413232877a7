package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;
import java.time.Instant;

/**
 * An agent who has a conversation open.
 *
 * @param writing whether they write an answer, or only read
 * @param until how long this holds without being said again, UTC
 */
public record Attendee(Agent agent, boolean writing, Instant until) {
  public Attendee {
    requireNonNull(agent, "agent");
    requireNonNull(until, "until");
  }
}
