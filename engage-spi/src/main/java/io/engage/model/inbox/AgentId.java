package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/** Names one agent, in the host's own words. */
public record AgentId(String value) {
  public AgentId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A AgentId needs at least one character");
    }
  }

  public static AgentId of(String value) {
    return new AgentId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
