package io.engage.core.queueing;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides after a commit where there may be something to give: it looks at nothing but the change,
 * so it says rather too much than too little.
 */
public final class Stirring {

  /** What an offer changes is only less to give. */
  public Stirred decide(InboxChange change) {
    if (change.audit().stream().anyMatch(each -> each.fact() instanceof AuditFact.Offered)) {
      return Stirred.NOTHING;
    }
    Set<InboxId> inboxes = new LinkedHashSet<>();
    Set<AgentId> freed = new LinkedHashSet<>();
    Set<AgentId> gone = new LinkedHashSet<>();
    for (Inbox inbox : change.inboxes()) {
      inboxes.add(inbox.id());
      inbox.settings().members().stream().map(Member::agent).forEach(gone::add);
    }
    change.dropped().inboxes().forEach(each -> inboxes.add(each.heir()));
    for (Conversation conversation : change.conversations()) {
      if (conversation.queueState() == QueueState.QUEUED) {
        inboxes.add(conversation.inbox());
      }
      freed.addAll(handlers(conversation));
    }
    for (AuditEntry entry : change.audit()) {
      inboxes.addAll(left(entry.fact()));
      freed.addAll(freed(entry.fact()));
      gone.addAll(gone(entry.fact()));
    }
    return new Stirred(inboxes, freed, gone);
  }

  /** Who may have had it before, or was asked. */
  private static Set<AgentId> handlers(Conversation conversation) {
    Service service = conversation.state().service();
    Set<AgentId> freed = new LinkedHashSet<>();
    service.declined().forEach(each -> freed.add(each.agent()));
    List<AgentId> handlers = service.handlers();
    boolean active = conversation.queueState() == QueueState.ACTIVE && !conversation.isEmpty();
    int last = handlers.size() - (active ? 2 : 1);
    if (last >= 0) {
      freed.add(handlers.get(last));
    }
    return freed;
  }

  /**
   * Limits are those of an inbox: whoever takes one along to another inbox has room in the first.
   */
  private static Set<InboxId> left(AuditFact fact) {
    return fact instanceof AuditFact.Transferred transferred
        ? Set.of(transferred.from())
        : Set.of();
  }

  private static Set<AgentId> freed(AuditFact fact) {
    if (fact instanceof AuditFact.SignedIn in) {
      return Set.of(in.agent());
    } else if (fact instanceof AuditFact.BreakEnded ended) {
      return Set.of(ended.agent());
    }
    return fact instanceof AuditFact.OfferWithdrawn withdrawn
        ? Set.of(withdrawn.agent())
        : Set.of();
  }

  private static Set<AgentId> gone(AuditFact fact) {
    if (fact instanceof AuditFact.SignedOut out) {
      return Set.of(out.agent());
    } else if (fact instanceof AuditFact.BreakBegun begun) {
      return Set.of(begun.agent());
    }
    return fact instanceof AuditFact.MembersChanged members
        ? Set.copyOf(members.removed())
        : Set.of();
  }
}
