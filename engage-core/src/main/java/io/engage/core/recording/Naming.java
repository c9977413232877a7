package io.engage.core.recording;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what those were called who had a conversation: the trail knows, whoever has left since. */
public final class Naming {
  private Naming() {}

  /** Who had a conversation or has it, in the order in which they had it. */
  public static Set<AgentId> handlers(Conversation conversation) {
    Set<AgentId> all = new LinkedHashSet<>(conversation.state().service().handlers());
    conversation.findAssignee().ifPresent(all::add);
    return all;
  }

  /**
   * By name where the trail names them. A trail may be very long: it is followed no further than
   * until all are named.
   *
   * @param known names that are known without it
   */
  public static List<String> decide(
      Conversation conversation, Map<AgentId, String> known, Iterable<AuditEntry> trail) {
    Set<AgentId> handlers = handlers(conversation);
    Map<AgentId, String> names = new HashMap<>(known);
    if (!names.keySet().containsAll(handlers)) {
      Iterator<AuditEntry> left = trail.iterator();
      while (!names.keySet().containsAll(handlers) && left.hasNext()) {
        putNames(left.next(), names);
      }
    }
    return handlers.stream().map(each -> names.getOrDefault(each, each.value())).toList();
  }

  private static void putNames(AuditEntry entry, Map<AgentId, String> names) {
    if (entry.actor().kind() == Actor.Kind.AGENT) {
      names.put(AgentId.of(entry.actor().id()), entry.actor().name());
    }
    if (entry.fact() instanceof AuditFact.Assigned assigned) {
      names.put(assigned.agent(), assigned.agentName());
    } else if (entry.fact() instanceof AuditFact.Offered offered) {
      names.put(offered.agent(), offered.agentName());
    }
  }
}
