package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;
import io.engage.model.queue.AgentMessage;
import java.util.List;

/**
 * Where an agent is given work: their session, what they are offered, and what waits. Get it from
 * {@link AgentDesk#queue}.
 */
public final class QueueDesk {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final AgentMessages messages;

  QueueDesk(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
    this.messages = new AgentMessages(agent, parts, permitting);
  }

  /** What supervisors have told the agent and they have not seen, the oldest first. */
  public List<AgentMessage> messages() {
    return messages.unseen();
  }

  /**
   * The agent has seen a message; it is not kept any longer.
   *
   * @return unknown when they have seen it already, or it was not for them
   */
  public Outcome<AgentMessage> seen(AgentMessage message) {
    return messages.seen(message.id());
  }

  /**
   * Answers a message, which is to have seen it. Who wrote it finds the answer among their own
   * {@link #messages()}.
   */
  public Outcome<AgentMessage> answer(AgentMessage message, String text) {
    return messages.answer(message.id(), requireNonNull(text, "text"));
  }
}
