package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/**
 * A person of the host who works in inboxes.
 *
 * @param name as it shall stand in the audit trail
 */
public record Agent(AgentId id, String name) {
  public Agent {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "Agent '%s' needs a name: the audit trail shows it".formatted(id.value()));
    }
  }

  public static Agent of(String id, String name) {
    return new Agent(AgentId.of(id), name);
  }
}
