package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/**
 * An agent who works in an inbox.
 *
 * @param penalty 0 to 100; who has a higher one gets fewer conversations
 */
public record Member(AgentId agent, int penalty) {
  public Member {
    requireNonNull(agent, "agent");
    if (penalty < 0 || penalty > 100) {
      throw new IllegalArgumentException(
          "The penalty of member '%s' has to be 0 to 100, but is %d"
              .formatted(agent.value(), penalty));
    }
  }

  public static Member of(String agent) {
    return new Member(AgentId.of(agent), 0);
  }
}
