package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Obstacle;
import java.util.List;
import java.util.Map;

/**
 * Where an agent is given work: their session, what they are offered, and what waits. Get it from
 * {@link AgentDesk#queue}.
 */
public final class QueueDesk {
  private final OwnSession session;
  private final AgentOffers offers;
  private final AgentMessages messages;

  QueueDesk(Parts parts, Permitting permitting) {
    this.session = new OwnSession(parts, permitting);
    this.offers = new AgentOffers(parts, permitting);
    this.messages = new AgentMessages(permitting.agent(), parts, permitting);
  }

  /**
   * Says that the agent is there, to be offered conversations. Call {@link #beat} from then on.
   *
   * @return refused when they may be offered nothing in any inbox; {@link Outcome.AlreadySo} when
   *     they are signed in, on a break perhaps, which goes on
   */
  public Outcome<AgentSession> signIn() {
    return session.signIn();
  }

  /**
   * Says that the agent is still there. It holds for a minute: call it every 15 seconds or so while
   * their page is open. Whoever is not heard of any more is signed out.
   *
   * @return the session, so that a break or its end is seen that somebody else decided; refused
   *     when they are not signed in, or not any more, as after a network that failed for long: let
   *     them sign in again
   */
  public Outcome<AgentSession> beat() {
    return session.beat();
  }

  /**
   * Goes on break, or on a break of another type: nothing is offered until it ends, what was
   * offered goes back to its place. What the agent works on stays theirs for as long as the
   * {@linkplain io.engage.model.inbox.Strategy#absence strategy} says.
   *
   * @param type the host's word for this sort of break, 1 to {@value AgentSession#LONGEST_PAUSE}
   *     characters
   */
  public Outcome<AgentSession> beginBreak(String type) {
    return session.beginBreak(requireNonNull(type, "type"));
  }

  /** Ends the break, whoever began it, and also the one for letting an offer pass. */
  public Outcome<AgentSession> endBreak() {
    return session.endBreak();
  }

  /** Says that the agent is gone, as {@link #beginBreak} does with a break. */
  public Outcome<AgentSession> signOut() {
    return session.signOut();
  }

  /** How the agent stands: their state and since when, what they have, where they work. */
  public AgentInfo info() {
    return session.info();
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
