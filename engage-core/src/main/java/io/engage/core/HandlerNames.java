package io.engage.core;

import io.engage.core.recording.Naming;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.queue.AgentSession;
import io.engage.spi.AuditTrail;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names those who had a conversation: by their sessions, else as the audit trail does. */
final class HandlerNames {
  /** So much of a trail is looked through for each page that somebody turns over. */
  private static final int MOST_AT_A_GLANCE = 4 * AuditTrail.PORTION;

  private final Parts parts;

  HandlerNames(Parts parts) {
    this.parts = parts;
  }

  /** However far behind in the trail their names stand. */
  List<String> of(Conversation conversation) {
    return Naming.decide(conversation, known(conversation), () -> trail(conversation).iterator());
  }

  /** Whose name stands far behind goes by id. */
  List<String> atAGlance(Conversation conversation) {
    return Naming.decide(
        conversation,
        known(conversation),
        () -> trail(conversation).limit(MOST_AT_A_GLANCE).iterator());
  }

  private Stream<AuditEntry> trail(Conversation conversation) {
    return Portions.trail(parts.storage().audit(), conversation.id());
  }

  private Map<AgentId, String> known(Conversation conversation) {
    Map<AgentId, String> names = new HashMap<>();
    parts
        .storage()
        .documents()
        .find(Naming.handlers(conversation).stream().map(AgentSession::keyOf).toList())
        .stream()
        .map(AgentSession.class::cast)
        .forEach(each -> names.put(each.agent().id(), each.agent().name()));
    return names;
  }
}
