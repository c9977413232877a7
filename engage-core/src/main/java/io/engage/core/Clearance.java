package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What an administrator may set up, and that it was this one who did. */
final class Clearance {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Clearance(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
  }

  /** The inboxes in which it is permitted; the others are left out of a list. */
  Set<InboxId> permitted(AgentAction action) {
    return permitting.permitted(action, permitting.allInboxes());
  }

  /** In which of the inboxes it is refused, and why. */
  Map<InboxId, String> refusals(AgentAction action, Collection<InboxId> inboxes) {
    return permitting.refusals(action, inboxes);
  }

  /** Does it when it is permitted in all of these inboxes. */
  <T> Outcome<T> inAll(AgentAction action, Collection<InboxId> inboxes, Supplier<Outcome<T>> act) {
    return permitting.inAll(action, inboxes, act);
  }

  /** Does what concerns every inbox; that needs one, or there is nobody to ask about. */
  <T> Outcome<T> everywhere(AgentAction action, Supplier<Outcome<T>> act) {
    return permitting.everywhere(action, act);
  }

  /** Does what concerns no inbox more than another, when it is permitted in one at least. */
  <T> Outcome<T> somewhere(AgentAction action, Function<Set<InboxId>, Outcome<T>> act) {
    return permitting.somewhere(action, act);
  }

  /** What happened, with this agent as the one who did it. */
  List<AuditEntry> stamp(AuditSubject subject, AuditFact fact) {
    return parts.committing().stamp(Actor.agent(agent), subject, fact);
  }
}
