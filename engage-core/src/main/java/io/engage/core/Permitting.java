package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the host before each action of an agent, and records what it refuses and what was done. */
final class Permitting {
  private static final Set<AgentAction> SENDING =
      Set.of(AgentAction.REPLY, AgentAction.WRITE, AgentAction.FORWARD, AgentAction.SEND_SMS);

  private final Agent agent;
  private final Parts parts;

  Permitting(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
  }

  Agent agent() {
    return agent;
  }

  Set<InboxId> allInboxes() {
    return parts.storage().inboxes().inboxes().stream().map(Inbox::id).collect(Collectors.toSet());
  }

  /** Those of the inboxes in which the agent may do this. */
  Set<InboxId> permitted(AgentAction action, Set<InboxId> inboxes) {
    Map<InboxId, Permission> answers = check(action, inboxes);
    return inboxes.stream()
        .filter(inbox -> answers.get(inbox) instanceof Permission.Granted)
        .collect(Collectors.toSet());
  }

  /** The inboxes in which the agent may do this; the others are left out of a list. */
  Set<InboxId> permitted(AgentAction action) {
    return permitted(action, allInboxes());
  }

  Map<InboxId, Permission> check(AgentAction action, Collection<InboxId> inboxes) {
    if (inboxes.isEmpty()) {
      return Map.of();
    }
    Map<InboxId, Permission> answers = parts.permissions().check(agent, action, inboxes);
    return SENDING.contains(action) ? withoutSwitchedOff(answers) : answers;
  }

  /** From an inbox that is switched off nothing is sent, whoever may do so otherwise. */
  private Map<InboxId, Permission> withoutSwitchedOff(Map<InboxId, Permission> answers) {
    Map<InboxId, Permission> all = new HashMap<>(answers);
    for (Inbox inbox : parts.storage().inboxes().inboxes()) {
      if (!inbox.settings().enabled() && all.get(inbox.id()) instanceof Permission.Granted) {
        all.put(
            inbox.id(),
            Permission.refused(
                "Inbox '%s' is switched off. Switch it on to send from it."
                    .formatted(inbox.name())));
      }
    }
    return all;
  }

  /** Why the agent may not; empty when they may. An inbox without an answer is refused. */
  static Optional<String> refusal(Map<InboxId, Permission> answers, InboxId inbox) {
    return refusal(answers.get(inbox));
  }

  private static Optional<String> refusal(@Nullable Permission answer) {
    if (answer instanceof Permission.Granted) {
      return Optional.empty();
    }
    return Optional.of(
        answer instanceof Permission.Refused refused
            ? refused.reason()
            : "The host did not say that you may");
  }

  /** In which of the inboxes it is refused, and why; that is recorded for each. */
  Map<InboxId, String> refusals(AgentAction action, Collection<InboxId> inboxes) {
    Set<InboxId> asked = new LinkedHashSet<>(inboxes);
    Map<InboxId, Permission> answers = check(action, asked);
    Map<InboxId, String> refused = new LinkedHashMap<>();
    for (InboxId inbox : asked) {
      refusal(answers, inbox).ifPresent(reason -> refused.put(inbox, reason));
    }
    List<Occurrence> occurrences = new ArrayList<>();
    refused.forEach(
        (inbox, reason) -> occurrences.add(refused(AuditSubject.of(inbox), action, reason)));
    record(occurrences);
    return refused;
  }

  /** Does it when the agent may in each of these. */
  <T> Outcome<T> inAll(AgentAction action, Collection<InboxId> inboxes, Supplier<Outcome<T>> act) {
    return refusals(action, inboxes).values().stream()
        .findFirst()
        .<Outcome<T>>map(Outcome.Refused::new)
        .orElseGet(act);
  }

  /** Does it when the inbox exists and the agent may. */
  <T> Outcome<T> onInbox(AgentAction action, InboxId id, Function<Inbox, Outcome<T>> act) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream()
        .findFirst()
        .map(found -> inAll(action, List.of(id), () -> act.apply(found)))
        .orElseGet(Outcome.Unknown::new);
  }

  /** Does what concerns the whole installation, when the agent may in every inbox. */
  <T> Outcome<T> everywhere(AgentAction action, Supplier<Outcome<T>> act) {
    Set<InboxId> all = allInboxes();
    return refusalSomewhere(action, all, check(action, all))
        .map(reason -> this.<T>refuse(AuditSubject.NONE, action, reason))
        .orElseGet(act);
  }

  /**
   * Does what concerns no inbox more than another, when the agent may in one at least.
   *
   * @param act is given those in which they may
   */
  <T> Outcome<T> somewhere(AgentAction action, Function<Set<InboxId>, Outcome<T>> act) {
    return somewhere(action, allInboxes(), act);
  }

  /** The same, with no more than these inboxes. */
  <T> Outcome<T> somewhere(
      AgentAction action, Set<InboxId> asked, Function<Set<InboxId>, Outcome<T>> act) {
    Map<InboxId, Permission> answers = check(action, asked);
    Set<InboxId> permitted =
        asked.stream().filter(each -> refusal(answers, each).isEmpty()).collect(Collectors.toSet());
    Optional<String> refusal =
        permitted.isEmpty() ? refusalSomewhere(action, asked, answers) : Optional.empty();
    return refusal
        .map(reason -> this.<T>refuse(AuditSubject.NONE, action, reason))
        .orElseGet(() -> act.apply(permitted));
  }

  /** Where there is no inbox it is asked about the installation as a whole. */
  private Optional<String> refusalSomewhere(
      AgentAction action, Set<InboxId> inboxes, Map<InboxId, Permission> answers) {
    return inboxes.isEmpty()
        ? refusal(parts.permissions().checkWithoutInbox(agent, action))
        : inboxes.stream()
            .sorted(Comparator.comparing(InboxId::value))
            .flatMap(inbox -> refusal(answers, inbox).stream())
            .findFirst();
  }

  /** Does it when the conversation exists and the agent may. */
  <T> Outcome<T> onConversation(
      AgentAction action, ConversationId id, Function<Conversation, Outcome<T>> act) {
    Optional<Conversation> found =
        parts.storage().inboxes().conversations(List.of(id)).stream().findFirst();
    return found.isEmpty()
        ? new Outcome.Unknown<>()
        : onConversation(action, found.get(), () -> act.apply(found.get()));
  }

  private <T> Outcome<T> onConversation(
      AgentAction action, Conversation found, Supplier<Outcome<T>> act) {
    return refusal(check(action, List.of(found.inbox())), found.inbox())
        .map(reason -> this.<T>refuse(AuditSubject.of(found.inbox(), found.id()), action, reason))
        .orElseGet(act);
  }

  /** Does it when the message exists, was not deleted, and the agent may. */
  <T> Outcome<T> onMessage(
      AgentAction action, MessageId id, BiFunction<Message, Conversation, Outcome<T>> act) {
    return onAnyMessage(
        action,
        id,
        (message, conversation) ->
            message.state().deleted() ? new Outcome.Unknown<>() : act.apply(message, conversation));
  }

  /** The same, also with deleted messages: those still stand in the customer's history. */
  <T> Outcome<T> onAnyMessage(
      AgentAction action, MessageId id, BiFunction<Message, Conversation, Outcome<T>> act) {
    Optional<Message> found =
        parts.storage().inboxes().messages(List.of(id)).stream()
            .filter(each -> !each.state().erased())
            .findFirst();
    return found.isEmpty()
        ? new Outcome.Unknown<>()
        : onConversation(
            action,
            found.get().conversation(),
            conversation -> act.apply(found.get(), conversation));
  }

  private <T> Outcome<T> refuse(AuditSubject subject, AgentAction action, String reason) {
    record(List.of(refused(subject, action, reason)));
    return new Outcome.Refused<>(reason);
  }

  /** What happened, with this agent as the one who did it. */
  List<AuditEntry> stamp(AuditSubject subject, AuditFact fact) {
    return parts.committing().stamp(Actor.agent(agent), subject, fact);
  }

  /** What a refusal leaves in the audit trail. */
  static Occurrence refused(AuditSubject subject, AgentAction action, String reason) {
    return new Occurrence(subject, new AuditFact.ActionRefused(action.code(), reason));
  }

  private void record(List<Occurrence> refusals) {
    if (!refusals.isEmpty()) {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .audit(parts.committing().stamp(Actor.agent(agent), refusals))
                  .build());
    }
  }
}
