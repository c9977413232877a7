package io.engage.core;

import io.engage.core.attending.SessionWish;
import io.engage.model.audit.Actor;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an agent says of themselves: that they are there, on break, or gone. */
final class OwnSession {
  /** For how long a sign of life holds. */
  static final Duration HOLDS_FOR = Duration.ofSeconds(60);

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final SessionKeeping sessions;

  OwnSession(Parts parts, Permitting permitting) {
    this.agent = permitting.agent();
    this.parts = parts;
    this.permitting = permitting;
    this.sessions = new SessionKeeping(parts);
  }

  /**
   * The sign of life comes before, so that nobody whose program dies in between is there for ever,
   * and again afterwards, for {@link Absences} may have forgotten it meanwhile.
   */
  Outcome<AgentSession> signIn() {
    return mayBeOfferedInOwn()
        ? signedIn()
        : permitting.somewhere(AgentAction.BE_OFFERED, elsewhere -> signedIn());
  }

  /** Where they are members it is most likely, so that the host is seldom asked about all. */
  private boolean mayBeOfferedInOwn() {
    Set<InboxId> own =
        parts.storage().inboxes().inboxesOf(List.of(agent.id())).stream()
            .map(Inbox::id)
            .collect(Collectors.toSet());
    return !permitting.permitted(AgentAction.BE_OFFERED, own).isEmpty();
  }

  private Outcome<AgentSession> signedIn() {
    giveSign();
    Outcome<AgentSession> signedIn = change(new SessionWish.SignIn(agent));
    giveSign();
    return signedIn;
  }

  Outcome<AgentSession> beat() {
    Optional<AgentSession> online = sessions.find(agent.id()).filter(AgentSession::online);
    if (online.isEmpty()) {
      return new Outcome.Refused<>("You are not signed in. Sign in first.");
    }
    giveSign();
    return new Outcome.Done<>(online.get());
  }

  Outcome<AgentSession> beginBreak(String type) {
    return change(new SessionWish.BeginBreak(type));
  }

  Outcome<AgentSession> endBreak() {
    return change(new SessionWish.EndBreak());
  }

  /** The sign of life is left to end: it may be that of a page where they have just come back. */
  Outcome<AgentSession> signOut() {
    return change(new SessionWish.SignOut("the agent"));
  }

  AgentInfo info() {
    AgentFile file = new AgentFile(parts, sessions, new AgentMessages(agent, parts, permitting));
    return file.of(agent.id(), file.inboxesOf(agent.id()));
  }

  private Outcome<AgentSession> change(SessionWish wish) {
    return sessions.change(agent, wish, Actor.agent(agent));
  }

  private void giveSign() {
    parts.storage().heartbeats().beat(agent.id(), parts.clock().instant().plus(HOLDS_FOR));
  }
}
