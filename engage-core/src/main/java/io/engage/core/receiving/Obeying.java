package io.engage.core.receiving;

import io.engage.core.ruling.Ruled;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Message;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Does to the conversation of a message what rules want, and says so. */
final class Obeying {
  private Obeying() {}

  static Conversation decide(Ruled ruled, Conversation conversation, Message message, Draft draft) {
    if (!ruled.applied()) {
      return conversation;
    }
    draft.note(
        AuditSubject.of(message.inbox(), message.conversation(), message.id()),
        new AuditFact.RulesApplied(ruled.names(), ruled.grounds()));
    Conversation tagged = tagged(ruled, conversation, draft);
    return assigned(ruled, prioritised(ruled, tagged, draft), draft);
  }

  private static Conversation tagged(Ruled ruled, Conversation conversation, Draft draft) {
    Set<String> tags = new TreeSet<>(conversation.state().tags());
    ruled.tags().stream()
        .filter(tags::add)
        .forEach(tag -> draft.note(subject(conversation), new AuditFact.Tagged(tag)));
    return conversation.withState(conversation.state().withTags(tags));
  }

  private static Conversation prioritised(Ruled ruled, Conversation conversation, Draft draft) {
    Integer wanted = ruled.priority();
    if (wanted == null || wanted == conversation.state().priority()) {
      return conversation;
    }
    draft.note(subject(conversation), new AuditFact.PriorityChanged(wanted));
    return conversation.withState(conversation.state().withPriority(wanted));
  }

  /** Whoever works on it keeps it; whoever may not read it does not get it. */
  private static Conversation assigned(Ruled ruled, Conversation conversation, Draft draft) {
    Agent agent = ruled.agent();
    if (agent == null || conversation.state().assignee() != null) {
      return conversation;
    }
    Optional<String> refusal = draft.assign(new Assignment(agent, conversation.inbox()));
    if (refusal.isPresent()) {
      draft.note(
          subject(conversation),
          new AuditFact.ActionRefused(AgentAction.ASSIGN.code(), refusal.get()));
      return conversation;
    }
    draft.note(subject(conversation), new AuditFact.Assigned(agent.id(), agent.name()));
    return conversation.withState(conversation.state().withAssignee(agent.id()));
  }

  private static AuditSubject subject(Conversation conversation) {
    return AuditSubject.of(conversation.inbox(), conversation.id());
  }
}
