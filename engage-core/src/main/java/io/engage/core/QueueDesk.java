package io.engage.core;

import io.engage.model.inbox.Agent;

/**
 * Where an agent is given work: their session, what they are offered, and what waits. Get it from
 * {@link AgentDesk#queue}.
 */
public final class QueueDesk {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  QueueDesk(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }
}
