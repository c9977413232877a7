package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the host before something is done with all that is held on a person: whoever may not do it
 * in one of the inboxes that have something of them may not do it at all.
 */
final class Concerned {
  private static final int AT_ONCE = 500;

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Concerned(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  <T> Outcome<T> onPerson(AgentAction action, Person person, Supplier<Outcome<T>> act) {
    return onPerson(action, person, Set.of(), act);
  }

  /**
   * @param more inboxes that have something of them too
   */
  <T> Outcome<T> onPerson(
      AgentAction action, Person person, Set<InboxId> more, Supplier<Outcome<T>> act) {
    Set<InboxId> inboxes = inboxesOf(person);
    inboxes.addAll(more);
    return onInboxes(action, inboxes.isEmpty() ? permitting.allInboxes() : inboxes, act);
  }

  /** Does it when the agent may in each of these. */
  <T> Outcome<T> onInboxes(AgentAction action, Set<InboxId> inboxes, Supplier<Outcome<T>> act) {
    Map<InboxId, Permission> answers = permitting.check(action, inboxes);
    for (InboxId inbox : inboxes) {
      Optional<String> refusal = Permitting.refusal(answers, inbox);
      if (refusal.isPresent()) {
        record(inbox, action, refusal.get());
        return new Outcome.Refused<>(refusal.get());
      }
    }
    return act.get();
  }

  private Set<InboxId> inboxesOf(Person person) {
    Set<InboxId> inboxes = new LinkedHashSet<>();
    @Nullable ConversationId after = null;
    List<Conversation> some;
    do {
      some = parts.storage().persons().conversations(person, after, AT_ONCE);
      for (Conversation each : some) {
        inboxes.add(each.inbox());
        after = each.id();
      }
    } while (some.size() == AT_ONCE);
    return inboxes;
  }

  private void record(InboxId inbox, AgentAction action, String reason) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            AuditSubject.of(inbox),
                            new AuditFact.ActionRefused(action.code(), reason)))
                .build());
  }
}
