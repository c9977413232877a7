package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks the host before each action of an agent, and records what it refuses. */
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
    Permission answer = answers.get(inbox);
    if (answer instanceof Permission.Granted) {
      return Optional.empty();
    }
    return Optional.of(
        answer instanceof Permission.Refused refused
            ? refused.reason()
            : "The host did not say that you may");
  }

  /** Does it when the inbox exists and the agent may. */
  <T> Outcome<T> onInbox(AgentAction action, InboxId id, Function<Inbox, Outcome<T>> act) {
    Optional<Inbox> found =
        parts.storage().inboxes().inboxes().stream()
            .filter(inbox -> inbox.id().equals(id))
            .findFirst();
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    Optional<String> refusal = refusal(check(action, List.of(id)), id);
    if (refusal.isPresent()) {
      recordRefusal(AuditSubject.of(id), action, refusal.get());
      return new Outcome.Refused<>(refusal.get());
    }
    return act.apply(found.get());
  }

  /** Does what concerns the whole installation, when the agent may in every inbox. */
  <T> Outcome<T> everywhere(AgentAction action, Supplier<Outcome<T>> act) {
    Set<InboxId> all = allInboxes();
    Map<InboxId, Permission> answers = check(action, all);
    Optional<String> refusal =
        all.isEmpty()
            ? Optional.of("There is no inbox for which the host could permit it")
            : all.stream()
                .sorted(Comparator.comparing(InboxId::value))
                .flatMap(inbox -> refusal(answers, inbox).stream())
                .findFirst();
    if (refusal.isPresent()) {
      recordRefusal(AuditSubject.NONE, action, refusal.get());
      return new Outcome.Refused<>(refusal.get());
    }
    return act.get();
  }

  /** Does it when the conversation exists and the agent may. */
  <T> Outcome<T> onConversation(
      AgentAction action, ConversationId id, Function<Conversation, Outcome<T>> act) {
    Optional<Conversation> found =
        parts.storage().inboxes().conversations(List.of(id)).stream().findFirst();
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    Optional<String> refusal =
        refusal(check(action, List.of(found.get().inbox())), found.get().inbox());
    if (refusal.isPresent()) {
      recordRefusal(AuditSubject.of(found.get().inbox(), found.get().id()), action, refusal.get());
      return new Outcome.Refused<>(refusal.get());
    }
    return act.apply(found.get());
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

  private void recordRefusal(AuditSubject subject, AgentAction action, String reason) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            subject,
                            new AuditFact.ActionRefused(action.code(), reason)))
                .build());
  }
}
