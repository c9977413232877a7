package io.engage.core;

import io.engage.core.attending.Telling;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.queue.AgentMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What supervisors tell agents, and what agents answer. */
final class AgentMessages {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Telling telling = new Telling();

  AgentMessages(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  /** Tells somebody something; that this may be done was asked before. */
  Outcome<AgentMessage> tell(AgentId to, String text) {
    return Outcomes.then(
        written(to, text),
        message -> {
          parts.committing().commit(sending(message).build());
          return new Outcome.Done<>(message.withVersion(1));
        });
  }

  private Outcome<AgentMessage> written(AgentId to, String text) {
    Optional<String> refusal = telling.decide(text, unseen(to));
    return refusal.isPresent()
        ? new Outcome.Refused<>(refusal.get())
        : new Outcome.Done<>(
            new AgentMessage(newId(), to, agent, text, parts.clock().instant(), 0));
  }

  private InboxChange.Builder sending(AgentMessage message) {
    return with(new AuditFact.AgentMessaged(message.to())).document(message);
  }

  /** What the agent has not seen, the oldest first. */
  List<AgentMessage> unseen() {
    return parts
        .storage()
        .documents()
        .ofOwner(DocumentKey.Kind.AGENT_MESSAGE, agent.id().value(), "", Telling.MOST_UNSEEN + 1)
        .stream()
        .map(AgentMessage.class::cast)
        .toList();
  }

  long unseen(AgentId whose) {
    return parts.storage().documents().count(DocumentKey.Kind.AGENT_MESSAGE, whose.value());
  }

  /** It needs not be shown any more. */
  Outcome<AgentMessage> seen(String id) {
    return parts
        .committing()
        .retrying(() -> find(id).map(this::drop).orElseGet(Outcome.Unknown::new));
  }

  /** Says something to whoever wrote, and takes away what is answered, both or nothing. */
  Outcome<AgentMessage> answer(String id, String text) {
    return parts
        .committing()
        .retrying(
            () ->
                find(id)
                    .map(
                        message ->
                            Outcomes.then(
                                written(message.from().id(), text),
                                answer -> answer(message, answer)))
                    .orElseGet(Outcome.Unknown::new));
  }

  private Outcome<AgentMessage> answer(AgentMessage message, AgentMessage answer) {
    parts.committing().commit(sending(answer).drop(message).audit(seen(message)).build());
    return new Outcome.Done<>(answer.withVersion(1));
  }

  private Outcome<AgentMessage> drop(AgentMessage message) {
    parts.committing().commit(InboxChange.builder().audit(seen(message)).drop(message).build());
    return new Outcome.Done<>(message);
  }

  private List<AuditEntry> seen(AgentMessage message) {
    return permitting.stamp(AuditSubject.NONE, new AuditFact.AgentMessageSeen(message.from().id()));
  }

  /** Of one's own only. */
  private Optional<AgentMessage> find(String id) {
    return parts.storage().documents().find(List.of(AgentMessage.keyOf(id))).stream()
        .map(AgentMessage.class::cast)
        .filter(message -> message.to().equals(agent.id()))
        .findFirst();
  }

  private InboxChange.Builder with(AuditFact fact) {
    return InboxChange.builder().audit(permitting.stamp(AuditSubject.NONE, fact));
  }

  /** In the order of time as far as clocks go. */
  private String newId() {
    return String.format(
        Locale.ROOT, "%015d-%s", parts.clock().instant().toEpochMilli(), parts.ids().next());
  }
}
