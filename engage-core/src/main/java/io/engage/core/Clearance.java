package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Asks the host before an administrator sets something up, and records what it refuses. */
final class Clearance {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Clearance(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
  }

  /** In which of the inboxes it is refused, and why. */
  Map<InboxId, String> refusals(AgentAction action, Collection<InboxId> inboxes) {
    Set<InboxId> asked = new LinkedHashSet<>(inboxes);
    Map<InboxId, Permission> answers = permitting.check(action, asked);
    Map<InboxId, String> refused = new LinkedHashMap<>();
    for (InboxId inbox : asked) {
      Permitting.refusal(answers, inbox).ifPresent(reason -> refused.put(inbox, reason));
    }
    record(action, refused);
    return refused;
  }

  /** Does it when it is permitted in all of these inboxes. */
  <T> Outcome<T> inAll(AgentAction action, Collection<InboxId> inboxes, Supplier<Outcome<T>> act) {
    Optional<String> refusal = refusals(action, inboxes).values().stream().findFirst();
    return refusal.isPresent() ? new Outcome.Refused<>(refusal.get()) : act.get();
  }

  /** Does what concerns every inbox; that needs one, or there is nobody to ask about. */
  <T> Outcome<T> everywhere(AgentAction action, Supplier<Outcome<T>> act) {
    List<InboxId> all = allInboxes();
    return all.isEmpty()
        ? new Outcome.Refused<>("There is no inbox yet. Set one up first.")
        : inAll(action, all, act);
  }

  private List<InboxId> allInboxes() {
    return parts.storage().inboxes().inboxes().stream().map(Inbox::id).toList();
  }

  private void record(AgentAction action, Map<InboxId, String> refused) {
    if (refused.isEmpty()) {
      return;
    }
    List<AuditEntry> entries = new ArrayList<>();
    refused.forEach(
        (inbox, reason) ->
            entries.addAll(
                stamp(AuditSubject.of(inbox), new AuditFact.ActionRefused(action.code(), reason))));
    parts.committing().commit(InboxChange.builder().audit(entries).build());
  }

  /** What happened, with this agent as the one who did it. */
  List<AuditEntry> stamp(AuditSubject subject, AuditFact fact) {
    return parts.committing().stamp(Actor.agent(agent), subject, fact);
  }
}
