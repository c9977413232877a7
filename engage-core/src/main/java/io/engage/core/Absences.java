package io.engage.core;

import io.engage.core.attending.Absence;
import io.engage.core.attending.SessionWish;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.queue.AgentSession;
import io.engage.spi.Heartbeats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs out agents who give no sign of life any more, and gives back to the queue what customers
 * wait for in vain. Any number of nodes may do it at the same moment: the version of the session
 * and that of the conversation let one of them do it.
 */
final class Absences {
  private static final Logger LOG = LoggerFactory.getLogger(Absences.class);
  private static final int AT_ONCE = 200;
  private static final String SILENCE = "no sign of life";

  private final Parts parts;
  private final SessionKeeping sessions;

  Absences(Parts parts) {
    this.parts = parts;
    this.sessions = new SessionKeeping(parts);
  }

  /**
   * Whoever is silent is signed out first and forgotten when that is done, so that a node that dies
   * in between is followed by one that goes on. Who gives a sign meanwhile is neither.
   *
   * @param goesOn asked before each agent
   * @return how many were signed out
   */
  int signOutSilent(BooleanSupplier goesOn) {
    int signedOut = 0;
    List<AgentId> silent;
    do {
      Instant now = parts.clock().instant();
      silent = parts.storage().heartbeats().silent(now, AT_ONCE);
      for (AgentId each : silent) {
        if (!goesOn.getAsBoolean()) {
          return signedOut;
        }
        signedOut += isSignedOut(each, now) ? 1 : 0;
      }
    } while (silent.size() == AT_ONCE);
    return signedOut;
  }

  /** Asked once more for each: since all of them were read, this node may have stood still. */
  private boolean isSignedOut(AgentId agent, Instant silentAt) {
    Heartbeats heartbeats = parts.storage().heartbeats();
    if (!heartbeats.isSilent(agent, silentAt)) {
      return false;
    }
    boolean signedOut =
        sessions.change(agent, new SessionWish.SignOut(SILENCE), Actor.DISTRIBUTION).isDone();
    heartbeats.forget(agent, silentAt);
    return signedOut;
  }

  /**
   * @param goesOn asked again and again
   * @return how many conversations went back to the queue
   */
  int requeue(BooleanSupplier goesOn) {
    int requeued = 0;
    for (Inbox inbox : parts.storage().inboxes().inboxes()) {
      if (Absence.mayRequeue(inbox.settings(), parts.clock().instant())) {
        requeued += new Round(inbox, goesOn).requeue();
      }
    }
    return requeued;
  }

  /** One look at all that somebody has in an inbox, whoever it is and however they came by it. */
  private final class Round {
    private final Inbox inbox;
    private final BooleanSupplier goesOn;

    Round(Inbox inbox, BooleanSupplier goesOn) {
      this.inbox = inbox;
      this.goesOn = goesOn;
    }

    int requeue() {
      int requeued = 0;
      Page.Request request = Page.Request.first(AT_ONCE);
      while (goesOn.getAsBoolean()) {
        Page<Conversation> page = parts.storage().queues().inHand(inbox.id(), request);
        requeued += requeue(page.items());
        Page.Mark next = page.next();
        if (next == null || next.rank() > 0) {
          break; // What is only offered comes last.
        }
        request = request.after(next);
      }
      return requeued;
    }

    /** What is not due yet costs no more than this look. */
    private int requeue(List<Conversation> some) {
      Map<AgentId, AgentSession> known = sessionsOf(some);
      int requeued = 0;
      for (Conversation each : some) {
        AgentId agent = each.findAssignee().orElse(null);
        if (agent != null
            && decide(each, known.getOrDefault(agent, never(agent))).isPresent()
            && goesOn.getAsBoolean()) {
          requeued += isRequeued(each.id(), agent) ? 1 : 0;
        }
      }
      return requeued;
    }

    private Map<AgentId, AgentSession> sessionsOf(List<Conversation> some) {
      Set<AgentId> assignees =
          some.stream().flatMap(each -> each.findAssignee().stream()).collect(Collectors.toSet());
      return sessions.find(assignees).stream()
          .collect(Collectors.toMap(each -> each.agent().id(), Function.identity()));
    }

    /** One that fails holds up no other. */
    private boolean isRequeued(ConversationId id, AgentId agent) {
      try {
        return parts.committing().retrying(() -> requeueOnce(id, agent));
      } catch (RuntimeException later) {
        LOG.warn(
            "Conversation '{}' could not be given back; it is tried again soon",
            id,
            LoggedFailure.of(later));
        return false;
      }
    }

    private boolean requeueOnce(ConversationId id, AgentId agent) {
      AgentSession session = sessions.find(agent).orElseGet(() -> never(agent));
      Optional<Absence.Requeued> requeued =
          parts.storage().inboxes().conversations(List.of(id)).stream()
              .findFirst()
              .flatMap(found -> decide(found, session));
      requeued.ifPresent(this::commit);
      return requeued.isPresent();
    }

    private Optional<Absence.Requeued> decide(Conversation conversation, AgentSession session) {
      return conversation.inbox().equals(inbox.id())
          ? Absence.decide(conversation, session, inbox.settings(), parts.clock().instant())
          : Optional.empty();
    }

    private void commit(Absence.Requeued requeued) {
      Conversation after = requeued.conversation();
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .conversations(List.of(after))
                  .audit(
                      parts
                          .committing()
                          .stamp(
                              Actor.DISTRIBUTION,
                              AuditSubject.of(after.inbox(), after.id()),
                              requeued.fact()))
                  .build());
    }
  }

  /** Whoever was never there is away, too, as far as somebody gives them something. */
  private static AgentSession never(AgentId agent) {
    return AgentSession.never(new Agent(agent, agent.value()), Instant.EPOCH);
  }
}
