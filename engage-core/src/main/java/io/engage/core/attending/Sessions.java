package io.engage.core.attending;

import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.queue.AgentSession;
import java.time.Instant;

/** Decides what a wish changes about the session of an agent, be it theirs or a supervisor's. */
public final class Sessions {

  public SessionStep decide(SessionWish wish, AgentSession session, Instant now) {
    if (wish instanceof SessionWish.SignIn in) {
      return signIn(in.agent(), session, now);
    } else if (wish instanceof SessionWish.SignOut out) {
      return signOut(out.reason(), session, now);
    } else if (wish instanceof SessionWish.BeginBreak pause) {
      return beginBreak(pause.type(), session, now);
    }
    return endBreak(session, now);
  }

  /** Who is there already and reloads a page keeps the break that they are on. */
  private static SessionStep signIn(Agent agent, AgentSession session, Instant now) {
    return session.online()
        ? new SessionStep.AlreadySo()
        : new SessionStep.Changed(
            session.signedIn(agent, now), new AuditFact.SignedIn(agent.id(), agent.name()));
  }

  private static SessionStep signOut(String reason, AgentSession session, Instant now) {
    return session.online()
        ? new SessionStep.Changed(
            session.signedOut(now), new AuditFact.SignedOut(idOf(session), reason))
        : new SessionStep.AlreadySo();
  }

  private static SessionStep beginBreak(String type, AgentSession session, Instant now) {
    if (!session.online()) {
      return notThere(session);
    } else if (type.isBlank() || type.length() > AgentSession.LONGEST_PAUSE) {
      return new SessionStep.Refused(
          "The type of a break has 1 to %d characters.".formatted(AgentSession.LONGEST_PAUSE));
    }
    return type.equals(session.pause())
        ? new SessionStep.AlreadySo()
        : new SessionStep.Changed(
            session.paused(type, now), new AuditFact.BreakBegun(idOf(session), type));
  }

  private static SessionStep endBreak(AgentSession session, Instant now) {
    if (!session.online()) {
      return notThere(session);
    }
    return session.isOnBreak()
        ? new SessionStep.Changed(
            session.paused(null, now), new AuditFact.BreakEnded(idOf(session)))
        : new SessionStep.AlreadySo();
  }

  private static SessionStep notThere(AgentSession session) {
    return new SessionStep.Refused("%s is not signed in.".formatted(session.agent().name()));
  }

  private static AgentId idOf(AgentSession session) {
    return session.agent().id();
  }
}
