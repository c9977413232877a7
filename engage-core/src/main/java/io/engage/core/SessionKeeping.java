package io.engage.core;

import io.engage.core.attending.SessionStep;
import io.engage.core.attending.SessionWish;
import io.engage.core.attending.Sessions;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.queue.AgentSession;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads and changes what agents do just now, for themselves, for supervisors and for the clock. */
final class SessionKeeping {
  private final Parts parts;
  private final Sessions sessions = new Sessions();

  SessionKeeping(Parts parts) {
    this.parts = parts;
  }

  /** Empty for somebody who was never there. */
  Optional<AgentSession> find(AgentId agent) {
    return find(List.of(agent)).stream().findFirst();
  }

  /** Of somebody who was never there it says so. */
  AgentSession of(Agent agent) {
    return find(agent.id()).orElseGet(() -> AgentSession.never(agent, parts.clock().instant()));
  }

  /** Those that exist, in any order. */
  List<AgentSession> find(Collection<AgentId> agents) {
    return parts
        .storage()
        .documents()
        .find(agents.stream().map(AgentSession::keyOf).toList())
        .stream()
        .map(AgentSession.class::cast)
        .toList();
  }

  /** Somebody changes the session of somebody who may never have been there. */
  Outcome<AgentSession> change(Agent whose, SessionWish wish, Actor by) {
    return parts
        .committing()
        .retrying(
            () -> {
              Instant now = parts.clock().instant();
              return change(
                  find(whose.id()).orElseGet(() -> AgentSession.never(whose, now)), wish, by, now);
            });
  }

  /** The same, for a session that there has to be. */
  Outcome<AgentSession> change(AgentId whose, SessionWish wish, Actor by) {
    return parts
        .committing()
        .retrying(
            () ->
                find(whose)
                    .map(stored -> change(stored, wish, by, parts.clock().instant()))
                    .orElseGet(Outcome.Unknown::new));
  }

  private Outcome<AgentSession> change(
      AgentSession stored, SessionWish wish, Actor by, Instant now) {
    SessionStep step = sessions.decide(wish, stored, now);
    if (step instanceof SessionStep.Changed changed) {
      commit(changed, by);
      return new Outcome.Done<>(changed.session().withVersion(stored.version() + 1));
    }
    return step instanceof SessionStep.Refused refused
        ? new Outcome.Refused<>(refused.reason())
        : new Outcome.AlreadySo<>();
  }

  private void commit(SessionStep.Changed changed, Actor by) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(changed.session())
                .audit(parts.committing().stamp(by, AuditSubject.NONE, changed.fact()))
                .build());
  }
}
