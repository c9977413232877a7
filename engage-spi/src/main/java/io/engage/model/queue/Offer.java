package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.AgentId;
import java.time.Instant;

/**
 * A conversation that waits for the word of one agent.
 *
 * @param to who may accept it
 * @param at when it was made, UTC
 * @param until when it counts as not answered, UTC
 */
public record Offer(AgentId to, Instant at, Instant until) {
  public Offer {
    requireNonNull(to, "to");
    requireNonNull(at, "at");
    requireNonNull(until, "until");
  }
}
