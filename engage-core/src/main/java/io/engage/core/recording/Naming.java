package io.engage.core.recording;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what those were called who had a conversation: the trail knows, whoever has left since. */
public final class Naming {
  private Naming() {}

  /** By name where the trail names them, in the order in which they had it. */
  public static List<String> decide(Conversation conversation, List<AuditEntry> trail) {
    Map<String, String> names = new HashMap<>();
    for (AuditEntry each : trail) {
      if (each.actor().kind() == Actor.Kind.AGENT) {
        names.put(each.actor().id(), each.actor().name());
      }
      if (each.fact() instanceof AuditFact.Assigned assigned) {
        names.put(assigned.agent().value(), assigned.agentName());
      }
    }
    return handlers(conversation).stream()
        .map(each -> names.getOrDefault(each.value(), each.value()))
        .toList();
  }

  private static Set<AgentId> handlers(Conversation conversation) {
    Set<AgentId> all = new LinkedHashSet<>(conversation.state().service().handlers());
    conversation.findAssignee().ifPresent(all::add);
    return all;
  }
}
