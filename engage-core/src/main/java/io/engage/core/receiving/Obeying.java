package io.engage.core.receiving;

import io.engage.core.ruling.Ruled;
import io.engage.core.working.Unasking;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.message.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Does to the conversation of a message what rules want, and says so. */
public final class Obeying {
  private Obeying() {}

  /** Where it asks and says so. */
  public interface Trail {
    /** Why an agent may not have what a rule gives them; empty as far as it is known. */
    Optional<String> assign(Assignment assignment);

    void note(AuditSubject subject, AuditFact fact);
  }

  public static Conversation decide(
      Ruled ruled, Conversation conversation, Message message, Trail trail, Instant now) {
    if (!ruled.applied()) {
      return conversation;
    }
    trail.note(
        AuditSubject.of(message.inbox(), message.conversation(), message.id()),
        new AuditFact.RulesApplied(ruled.names(), ruled.grounds()));
    Conversation tagged = tagged(ruled, conversation, trail);
    return assigned(ruled, prioritised(ruled, tagged, trail), trail, now);
  }

  private static Conversation tagged(Ruled ruled, Conversation conversation, Trail trail) {
    Set<String> tags = new TreeSet<>(conversation.state().tags());
    ruled.tags().stream()
        .filter(tags::add)
        .forEach(tag -> trail.note(subject(conversation), new AuditFact.Tagged(tag)));
    return conversation.withState(conversation.state().withTags(tags));
  }

  private static Conversation prioritised(Ruled ruled, Conversation conversation, Trail trail) {
    Integer wanted = ruled.priority();
    if (wanted == null || wanted == conversation.state().priority()) {
      return conversation;
    }
    trail.note(subject(conversation), new AuditFact.PriorityChanged(wanted));
    return conversation.withState(conversation.state().withPriority(wanted));
  }

  /** Whoever works on it keeps it; whoever may not read it does not get it. */
  private static Conversation assigned(
      Ruled ruled, Conversation conversation, Trail trail, Instant now) {
    Agent agent = ruled.agent();
    if (agent == null || conversation.state().assignee() != null) {
      return conversation;
    }
    Optional<String> refusal = trail.assign(new Assignment(agent, conversation.inbox()));
    if (refusal.isPresent()) {
      trail.note(
          subject(conversation),
          new AuditFact.ActionRefused(AgentAction.ASSIGN.code(), refusal.get()));
      return conversation;
    }
    Conversation taken = conversation.taken(agent.id(), now);
    Unasking.decide(conversation, taken).ifPresent(each -> trail.note(each.subject(), each.fact()));
    trail.note(subject(conversation), new AuditFact.Assigned(agent.id(), agent.name()));
    return taken;
  }

  private static AuditSubject subject(Conversation conversation) {
    return AuditSubject.of(conversation.inbox(), conversation.id());
  }
}
