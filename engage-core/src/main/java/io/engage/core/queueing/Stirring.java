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
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Decides after a commit where there may be something to give: it looks at nothing but the change,
 * so it says rather too much than too little.
 */
public final class Stirring {
  /** What of an inbox, as its entry names it, may be why nothing is offered there any more. */
  private static final Set<String> ENDING_OFFERS = Set.of("strategy", "enabled", "inherited");

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
      if (hasCeasedToOffer(inbox, change)) {
        inbox.settings().members().stream().map(Member::agent).forEach(gone::add);
      }
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

  /** Most of what is set up otherwise leaves each offer as it is. */
  private static boolean hasCeasedToOffer(Inbox inbox, InboxChange change) {
    return (inbox.settings().strategy() == null || !inbox.settings().enabled())
        && change.audit().stream()
            .filter(each -> inbox.id().equals(each.subject().inbox()))
            .map(AuditEntry::fact)
            .filter(AuditFact.InboxConfigured.class::isInstance)
            .flatMap(each -> ((AuditFact.InboxConfigured) each).changed().stream())
            .anyMatch(ENDING_OFFERS::contains);
  }

  /**
   * Who may have had it before. Whoever answers in what somebody else has is a handler, too, so the
   * last of them need not be who lost it.
   */
  private static Set<AgentId> handlers(Conversation conversation) {
    Set<AgentId> freed = new LinkedHashSet<>(conversation.state().service().handlers());
    conversation.findAssignee().ifPresent(freed::add);
    if (conversation.queueState() == QueueState.ACTIVE && !conversation.isEmpty()) {
      conversation.findAssignee().ifPresent(freed::remove);
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
    } else if (fact instanceof AuditFact.OfferDeclined declined) {
      return Set.of(declined.agent());
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
