package io.engage.core.picturing;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What has to be looked at again after something happened.
 *
 * @param conversations each with when it was last named, in that order
 * @param agents the same
 * @param inboxes those whose conversations went from one to another without being named
 * @param settings whether an inbox was set up in another way, or is gone
 */
public record Touched(
    Map<ConversationId, Instant> conversations,
    Map<AgentId, Instant> agents,
    Set<InboxId> inboxes,
    boolean settings) {
  /** Of these there are many, and none of them gives work to an agent or takes it. */
  private static final Set<Class<? extends AuditFact>> OF_NO_AGENT =
      Set.of(
          AuditFact.Imported.class,
          AuditFact.Received.class,
          AuditFact.ConversationOpened.class,
          AuditFact.ConversationJoined.class,
          AuditFact.CustomerCreated.class,
          AuditFact.RulesApplied.class,
          AuditFact.Tagged.class,
          AuditFact.Untagged.class,
          AuditFact.PriorityChanged.class,
          AuditFact.FiledUnder.class,
          AuditFact.LinkedToCustomer.class,
          AuditFact.Confirmed.class,
          AuditFact.ConfirmationWithheld.class,
          AuditFact.MarkedRead.class,
          AuditFact.MarkedUnread.class,
          AuditFact.MovedOnServer.class,
          AuditFact.DoneOnServer.class,
          AuditFact.Sent.class);

  /** Nothing. */
  public static final Touched NONE = new Touched(Map.of(), Map.of(), Set.of(), false);

  public Touched {
    conversations = Collections.unmodifiableMap(new LinkedHashMap<>(conversations));
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    inboxes = Set.copyOf(inboxes);
  }

  /**
   * @param entries in their order
   * @param isWatched whether somebody looks at this inbox
   * @param isKnown whether this conversation counts on one of the boards
   */
  public static Touched decide(
      List<AuditEntry> entries, Predicate<InboxId> isWatched, Predicate<ConversationId> isKnown) {
    Map<ConversationId, Instant> conversations = new LinkedHashMap<>();
    Map<AgentId, Instant> agents = new LinkedHashMap<>();
    Set<InboxId> inboxes = new HashSet<>();
    boolean settings = false;
    for (AuditEntry entry : entries) {
      ConversationId conversation = entry.subject().conversation();
      InboxId inbox = entry.subject().inbox();
      if (conversation != null
          && (!OF_NO_AGENT.contains(entry.fact().getClass())
              || isKnown.test(conversation)
              || (inbox != null && isWatched.test(inbox)))) {
        conversations.remove(conversation);
        conversations.put(conversation, entry.at());
      }
      agent(entry.fact())
          .ifPresent(
              agent -> {
                agents.remove(agent);
                agents.put(agent, entry.at());
              });
      if (entry.fact() instanceof AuditFact.InboxDeleted deleted) {
        inboxes.add(deleted.heir());
      }
      settings |= isAboutSettings(entry.fact());
    }
    return new Touched(conversations, agents, inboxes, settings);
  }

  private static boolean isAboutSettings(AuditFact fact) {
    return fact instanceof AuditFact.InboxConfigured
        || fact instanceof AuditFact.MembersChanged
        || fact instanceof AuditFact.InboxDeleted;
  }

  /** Whose session, or work, may be another now. */
  private static Optional<AgentId> agent(AuditFact fact) {
    if (fact instanceof AuditFact.SignedIn in) {
      return Optional.of(in.agent());
    } else if (fact instanceof AuditFact.SignedOut out) {
      return Optional.of(out.agent());
    } else if (fact instanceof AuditFact.BreakBegun begun) {
      return Optional.of(begun.agent());
    } else if (fact instanceof AuditFact.BreakEnded ended) {
      return Optional.of(ended.agent());
    } else if (fact instanceof AuditFact.Requeued requeued) {
      return Optional.of(requeued.agent());
    } else if (fact instanceof AuditFact.OfferUnanswered unanswered) {
      return Optional.of(unanswered.agent());
    }
    return Optional.empty();
  }
}
