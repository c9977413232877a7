package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.attending.SessionWish;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a supervisor looks on while others work, and steers them. Whatever concerns an agent needs
 * the permission in one of the inboxes in which that agent works; whatever concerns a conversation,
 * in the inbox that has it. Each is recorded, with who did it, before it has any effect.
 *
 * <p>Thread-safe.
 */
public final class SupervisorDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisorDesk.class);

  private final Agent supervisor;
  private final Parts parts;
  private final LiveView live;
  private final Permitting permitting;
  private final SessionKeeping sessions;
  private final AgentFile file;
  private final AgentMessages messages;

  SupervisorDesk(Agent supervisor, Parts parts, LiveView live) {
    this.supervisor = requireNonNull(supervisor, "agent");
    this.parts = parts;
    this.live = live;
    this.permitting = new Permitting(supervisor, parts);
    this.sessions = new SessionKeeping(parts);
    this.messages = new AgentMessages(supervisor, parts, permitting);
    this.file = new AgentFile(parts, sessions, messages);
  }

  /** Inboxes as they are and as they change: who does what, who waits, how well it goes. */
  public LiveDesk live() {
    return new LiveDesk(parts, permitting, live);
  }

  /**
   * Follows a conversation while it goes on: how it stands, what was exchanged from the oldest
   * message on, and everything that comes, as it is committed on whatever node. Nothing is marked
   * as read by it, and nobody in the conversation is told.
   *
   * <p>It may be subscribed to once. Observations come as far as the subscriber asks for them, on
   * threads of Engage's executor; one who is slow is shown how it is by then, not all that was in
   * between. It ends with {@link Observation.Ended} when the supervisor may no longer look on or
   * the conversation is gone, and without it when Engage is closed.
   *
   * @param withDrafts whether to see also what is written and not sent, within a second or two
   */
  public Outcome<Flow.Publisher<Observation>> spy(ConversationId conversation, boolean withDrafts) {
    return permitting.onConversation(
        AgentAction.SPY,
        conversation,
        found -> {
          record(AuditSubject.of(found.inbox(), conversation), new AuditFact.Spied(withDrafts));
          return new Outcome.Done<>(new Spying(parts, permitting, conversation, withDrafts));
        });
  }

  /** What is known of an agent, as far as it concerns inboxes that are supervised from here. */
  public Outcome<AgentInfo> info(AgentId agent) {
    return onAgent(
        AgentAction.SUPERVISE,
        agent,
        inboxes -> {
          record(AuditSubject.NONE, new AuditFact.AgentLookedAt(agent));
          return new Outcome.Done<>(file.of(agent, inboxes));
        });
  }

  /**
   * Sends an agent on break: they are offered nothing until it ends, which they may end themselves.
   *
   * @param type the host's word for this sort of break, 1 to {@value AgentSession#LONGEST_PAUSE}
   *     characters
   * @return refused when they are not signed in
   */
  public Outcome<AgentSession> pause(AgentId agent, String type) {
    return steer(agent, new SessionWish.BeginBreak(requireNonNull(type, "type")));
  }

  /** Ends the break of an agent, whoever began it. */
  public Outcome<AgentSession> resume(AgentId agent) {
    return steer(agent, new SessionWish.EndBreak());
  }

  /**
   * Tells an agent something, 1 to {@value AgentMessage#LONGEST} characters. It waits for them
   * until they have seen it.
   */
  public Outcome<AgentMessage> message(AgentId agent, String text) {
    requireNonNull(text, "text");
    return onAgent(AgentAction.STEER_AGENTS, agent, inboxes -> messages.tell(agent, text));
  }

  /**
   * Signs an agent out: they are offered nothing until they sign in again. What they work on stays
   * theirs for as long as the {@linkplain io.engage.model.inbox.Strategy#absence strategy} says.
   * The host is told by the event {@code signed-out}, and may end its own session then.
   */
  public Outcome<AgentSession> signOut(AgentId agent) {
    return steer(agent, new SessionWish.SignOut("a supervisor"));
  }

  /**
   * Has the host show an agent's screen.
   *
   * @return where to look; refused when the host shows no screens, or not this one
   */
  public Outcome<URI> monitorScreen(AgentId agent) {
    return onAgent(AgentAction.MONITOR_SCREEN, agent, inboxes -> watch(agent));
  }

  private Outcome<AgentSession> steer(AgentId agent, SessionWish wish) {
    return onAgent(
        AgentAction.STEER_AGENTS,
        agent,
        inboxes -> sessions.change(agent, wish, Actor.agent(supervisor)));
  }

  /** Nobody sees the screen before it is recorded, since nobody else knows where to look. */
  private Outcome<URI> watch(AgentId agent) {
    Optional<URI> where = Optional.empty();
    String reason =
        "The screen of agent '%s' cannot be shown: the host shows screens by a ScreenMonitor, where"
                .formatted(agent)
            + " that is switched on for the agent.";
    try {
      where = parts.screens().watch(supervisor, agent);
    } catch (RuntimeException broken) {
      LOG.warn("The screen of agent '{}' could not be shown", agent, LoggedFailure.of(broken));
      reason = "The screen of agent '%s' cannot be shown now. Try again.".formatted(agent);
    }
    record(AuditSubject.NONE, new AuditFact.ScreenMonitored(agent, where.isPresent()));
    return where.<Outcome<URI>>map(Outcome.Done::new).orElse(new Outcome.Refused<>(reason));
  }

  /**
   * Who works in no inbox any more is steered by those alone who may in each.
   *
   * @param act is given the inboxes in which the supervisor may
   */
  private <T> Outcome<T> onAgent(
      AgentAction action, AgentId agent, Function<Set<InboxId>, Outcome<T>> act) {
    Set<InboxId> inboxes = file.inboxesOf(agent);
    if (!inboxes.isEmpty()) {
      return permitting.somewhere(action, inboxes, act);
    }
    return sessions.find(agent).isPresent()
        ? permitting.everywhere(action, () -> act.apply(Set.of()))
        : new Outcome.Unknown<>();
  }

  private void record(AuditSubject subject, AuditFact fact) {
    parts.committing().commit(InboxChange.builder().audit(permitting.stamp(subject, fact)).build());
  }
}
