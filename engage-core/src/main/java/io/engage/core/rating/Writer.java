package io.engage.core.rating;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.inbox.AgentId;
import io.engage.model.message.MessageId;
import java.util.List;
import java.util.Optional;

/** Says who wrote a message of ours. */
public final class Writer {
  private Writer() {}

  /**
   * The first agent of whom the trail says something about the message itself: before it was
   * written nobody could do anything with it.
   *
   * @param trail what happened to the message and its conversation, oldest first
   */
  public static Optional<AgentId> decide(MessageId message, List<AuditEntry> trail) {
    return trail.stream()
        .filter(each -> message.equals(each.subject().message()))
        .findFirst()
        .map(AuditEntry::actor)
        .filter(actor -> actor.kind() == Actor.Kind.AGENT)
        .map(actor -> AgentId.of(actor.id()));
  }
}
