package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.queueing.Obstacle;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentMessage;
import java.util.List;
import java.util.Map;

/**
 * Where an agent is given work: their session, what they are offered, and what waits. Get it from
 * {@link AgentDesk#queue}.
 */
public final class QueueDesk {
  private final AgentOffers offers;
  private final AgentMessages messages;

  QueueDesk(Agent agent, Parts parts, Permitting permitting) {
    this.offers = new AgentOffers(parts, permitting);
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

  /**
   * What waits for the agent's word, the oldest offer first. An offer whose time is over may be
   * among them until that is noticed, and can be accepted so long.
   */
  public List<Conversation> offers() {
    return offers.offers();
  }

  /**
   * Takes a conversation that is offered to the agent, or one that waits in an inbox whose members
   * pick.
   *
   * @return the conversation, theirs now; {@link Outcome.Overtaken} when somebody else was faster
   */
  public Outcome<Conversation> accept(ConversationId conversation) {
    return offers.accept(conversation);
  }

  /**
   * Says no to an offer. The conversation goes back to its old place and is offered to others; to
   * this agent not within ten minutes.
   */
  public Outcome<Conversation> decline(ConversationId conversation) {
    return offers.decline(conversation);
  }

  /**
   * What the agent may pick in an inbox whose members pick, who has waited longest first.
   *
   * @return nothing when they may not pick now; {@link #explain} says why
   */
  public Outcome<List<Conversation>> pickable(InboxId inbox, int limit) {
    return offers.pickable(inbox, limit);
  }

  /**
   * Says of each member of its inbox why a conversation is not offered to them just now; whoever is
   * missing is asked next. Where members pick, whoever is missing may pick it.
   */
  public Outcome<Map<AgentId, Obstacle>> explain(ConversationId conversation) {
    return offers.explain(conversation);
  }
}
