package io.engage.core;

import io.engage.core.answering.Withdrawing;
import io.engage.core.working.Unasking;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.SentDraft;
import io.engage.spi.StaleVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes messages back before they are sent. */
final class Recalling {
  private static final String ON_ITS_WAY = "It is on its way already and cannot be taken back";

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Recalling(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  /**
   * The draft is there again before its message is gone, so a process that dies in between loses
   * nothing; whoever is asked again then goes on. It is for the inbox where the message is by now.
   */
  Outcome<Draft> undo(MessageId id) {
    Optional<SentDraft> sent = sentDraft(id);
    AgentAction action =
        sent.map(each -> Drafting.actionOf(each.draft())).orElse(AgentAction.REPLY);
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onMessage(
                    action,
                    id,
                    (message, conversation) -> {
                      Optional<String> refusal = refusal(message, sent);
                      return refusal.isPresent()
                          ? new Outcome.Refused<>(refusal.get())
                          : giveBack(sent.orElseThrow(), message.inbox());
                    }));
  }

  /**
   * What was put back by somebody who died before its message was withdrawn, unless an agent has
   * gone on with it.
   */
  static Optional<Draft> findRestored(Parts parts, SentDraft sent) {
    return parts
        .storage()
        .drafts()
        .find(sent.draft().id())
        .filter(draft -> draft.content().equals(sent.draft().content()));
  }

  private static Optional<String> refusal(Message message, Optional<SentDraft> sent) {
    if (message.state().delivery() != Delivery.QUEUED) {
      return Optional.of(ON_ITS_WAY);
    }
    return sent.isEmpty()
        ? Optional.of("It was sent without time to take it back")
        : Optional.empty();
  }

  private Outcome<Draft> giveBack(SentDraft sent, InboxId inbox) {
    Draft draft = restored(sent.draft().in(inbox));
    OutboxId entry = Dispatching.firstTry(sent.message());
    try {
      boolean withdrawn =
          parts
              .committing()
              .retryingWhile(
                  () -> parts.storage().outbox().held(List.of(entry)).isEmpty(),
                  () -> withdraw(sent));
      if (withdrawn) {
        return new Outcome.Done<>(draft);
      }
    } catch (StaleVersion claimed) {
      // Somebody has begun to send it.
    }
    parts.storage().drafts().discard(draft.id());
    return new Outcome.Refused<>(ON_ITS_WAY);
  }

  private Draft restored(Draft draft) {
    Optional<Draft> there = parts.storage().drafts().find(draft.id());
    return there.orElseGet(() -> parts.storage().drafts().save(draft.withVersion(0)));
  }

  private boolean withdraw(SentDraft sent) {
    Message message = messages(sent.message()).get(0);
    if (message.state().delivery() != Delivery.QUEUED) {
      return message.state().delivery() == Delivery.WITHDRAWN;
    }
    Conversation conversation =
        parts.storage().inboxes().conversations(List.of(message.conversation())).get(0);
    Conversation after = without(message, conversation);
    List<Occurrence> facts = new ArrayList<>();
    facts.add(new Occurrence(subject(message), new AuditFact.SendWithdrawn(messageIdOf(message))));
    Unasking.decide(conversation, after).ifPresent(facts::add);
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(List.of(after))
                .messages(List.of(Withdrawing.withdrawn(message)))
                .withdraw(List.of(Dispatching.firstTry(message.id())))
                .dropDocuments(List.of(sent.key()))
                .audit(parts.committing().stamp(Actor.agent(agent), facts))
                .build());
    return true;
  }

  private Conversation without(Message message, Conversation conversation) {
    List<Message> others =
        parts.storage().search().messagesIn(List.of(conversation.id())).stream()
            .filter(other -> !other.id().equals(message.id()))
            .sorted(
                Comparator.comparing(Message::at)
                    .thenComparing(other -> other.id().value())
                    .reversed())
            .toList();
    return Withdrawing.decide(
        conversation, message, others, labelOf(others), parts.clock().instant());
  }

  private static String labelOf(List<Message> newestFirst) {
    return newestFirst.stream()
        .limit(1)
        .flatMap(newest -> newest.headers().from().stream())
        .findFirst()
        .map(NamedAddress::label)
        .orElse("");
  }

  private List<Message> messages(MessageId id) {
    return parts.storage().inboxes().messages(List.of(id));
  }

  private Optional<SentDraft> sentDraft(MessageId id) {
    return sentDraft(parts, id);
  }

  static Optional<SentDraft> sentDraft(Parts parts, MessageId id) {
    return parts.storage().documents().find(List.of(SentDraft.keyOf(id))).stream()
        .map(SentDraft.class::cast)
        .findFirst();
  }

  private static RfcMessageId messageIdOf(Message message) {
    return Objects.requireNonNull(message.headers().messageId(), "Message-ID of a mail of ours");
  }

  private static AuditSubject subject(Message message) {
    return AuditSubject.of(message.inbox(), message.conversation(), message.id());
  }
}
