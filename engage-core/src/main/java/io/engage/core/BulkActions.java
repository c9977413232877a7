package io.engage.core;

import io.engage.core.working.Step;
import io.engage.core.working.Wish;
import io.engage.core.working.Working;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.writing.SentDraft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does what an agent wishes to one or many conversations: everything is read with a few queries,
 * each conversation is decided apart, and all of it is one commit.
 */
final class BulkActions {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Briefing briefing;
  private final Working working = new Working();
  private final ServerWishes serverWishes;
  private final StillNeeded stillNeeded;
  private final Unanswered unanswered;

  BulkActions(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
    this.briefing = new Briefing(agent, parts);
    this.serverWishes = new ServerWishes(parts);
    this.stillNeeded = new StillNeeded(parts);
    this.unanswered = new Unanswered(parts);
  }

  Map<ConversationId, Outcome<Conversation>> act(Collection<ConversationId> ids, Wish wish) {
    Set<ConversationId> wanted = new LinkedHashSet<>(ids);
    return parts.committing().retrying(() -> readDecideCommit(wanted, null, wish));
  }

  /** The same, with these messages only. */
  Map<ConversationId, Outcome<Conversation>> actOn(Collection<MessageId> ids, Wish wish) {
    Set<MessageId> only = new LinkedHashSet<>(ids);
    Set<ConversationId> wanted = new LinkedHashSet<>();
    parts.storage().inboxes().messages(only).forEach(each -> wanted.add(each.conversation()));
    return parts.committing().retrying(() -> readDecideCommit(wanted, only, wish));
  }

  private Map<ConversationId, Outcome<Conversation>> readDecideCommit(
      Set<ConversationId> ids, @Nullable Set<MessageId> only, Wish asked) {
    Map<ConversationId, Conversation> found =
        parts.storage().inboxes().conversations(ids).stream()
            .collect(Collectors.toMap(Conversation::id, Function.identity()));
    Wish complete = briefing.complete(asked, found.values());
    Map<InboxId, Permission> permissions =
        permitting.check(
            complete.action(),
            Stream.concat(
                    found.values().stream().map(Conversation::inbox), complete.elsewhere().stream())
                .collect(Collectors.toSet()));
    Set<ConversationId> permitted =
        found.values().stream()
            .filter(each -> refusal(complete, permissions, each).isEmpty())
            .map(Conversation::id)
            .collect(Collectors.toSet());
    Wish wish = permitted.isEmpty() ? complete : briefing.meant(complete);
    Map<ConversationId, List<Message>> messages = messages(permitted, only, wish);
    Bulk bulk =
        new Bulk(
            withOwed(wish, messages.values()), messages, neededElsewhere(messages.values(), wish));
    ids.forEach(id -> bulk.take(id, Optional.ofNullable(found.get(id)), permissions));
    bulk.commit();
    return bulk.outcomes;
  }

  /** What reaches into another inbox has to be permitted there as well. */
  private static Optional<String> refusal(
      Wish wish, Map<InboxId, Permission> permissions, Conversation conversation) {
    return Stream.concat(Stream.of(conversation.inbox()), wish.elsewhere().stream())
        .flatMap(inbox -> Permitting.refusal(permissions, inbox).stream())
        .findFirst();
  }

  private Map<ConversationId, List<Message>> messages(
      Set<ConversationId> conversations, @Nullable Set<MessageId> only, Wish wish) {
    if (!wish.concernsMessages() || conversations.isEmpty()) {
      return Map.of();
    }
    List<Message> concerned =
        only == null ? messages(conversations, wish) : parts.storage().inboxes().messages(only);
    return concerned.stream()
        .filter(message -> conversations.contains(message.conversation()))
        .filter(message -> wish.concernsDeletedMessages() || !message.state().deleted())
        .collect(Collectors.groupingBy(Message::conversation));
  }

  private List<Message> messages(Set<ConversationId> conversations, Wish wish) {
    if (!wish.concernsDeletedMessages()) {
      return parts.storage().search().messagesIn(conversations);
    }
    List<Message> all = new ArrayList<>();
    conversations.forEach(id -> new MessageWalk(parts.storage().persons(), id).forEach(all::add));
    return all;
  }

  /** What of a deletion has still to be sent, with two reads for all of it. */
  private Wish withOwed(Wish wish, Collection<List<Message>> messages) {
    List<MessageId> ours =
        messages.stream()
            .flatMap(List::stream)
            .filter(each -> each.direction() == Direction.OUTBOUND)
            .map(Message::id)
            .toList();
    if (!(wish instanceof Wish.Delete) || ours.isEmpty()) {
      return wish;
    }
    Map<MessageId, List<OutboxId>> owed = new HashMap<>();
    for (OutboxEntry entry : parts.storage().persons().owedFor(ours)) {
      entry
          .task()
          .findSent()
          .ifPresent(id -> owed.computeIfAbsent(id, any -> new ArrayList<>()).add(entry.id()));
    }
    Set<OutboxId> held =
        Set.copyOf(
            parts.storage().outbox().held(owed.values().stream().flatMap(List::stream).toList()));
    return new Wish.Delete(
        owed,
        owed.entrySet().stream()
            .filter(each -> each.getValue().stream().anyMatch(held::contains))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  /** What other inboxes still have of the mails of a deletion. */
  private StillNeeded.Elsewhere neededElsewhere(Collection<List<Message>> messages, Wish wish) {
    return wish instanceof Wish.Delete
        ? stillNeeded.shownBesides(messages.stream().flatMap(List::stream).toList())
        : StillNeeded.Elsewhere.NOTHING;
  }

  /** What comes of one wish for all its conversations. */
  private final class Bulk {
    private final Wish wish;
    private final Map<ConversationId, List<Message>> messages;
    private final StillNeeded.Elsewhere neededElsewhere;
    private final Map<ConversationId, Outcome<Conversation>> outcomes = new LinkedHashMap<>();
    private final List<Step.Changed> changes = new ArrayList<>();
    private final List<Occurrence> occurrences = new ArrayList<>();

    Bulk(
        Wish wish,
        Map<ConversationId, List<Message>> messages,
        StillNeeded.Elsewhere neededElsewhere) {
      this.wish = wish;
      this.messages = messages;
      this.neededElsewhere = neededElsewhere;
    }

    void take(
        ConversationId id, Optional<Conversation> found, Map<InboxId, Permission> permissions) {
      if (found.isEmpty()) {
        outcomes.put(id, new Outcome.Unknown<>());
        return;
      }
      Conversation conversation = found.get();
      Optional<String> refusal = refusal(wish, permissions, conversation);
      outcomes.put(
          id,
          refusal
              .map(reason -> refuse(conversation, reason))
              .orElseGet(() -> decide(conversation)));
    }

    private Outcome<Conversation> refuse(Conversation conversation, String reason) {
      occurrences.add(
          Permitting.refused(
              AuditSubject.of(conversation.inbox(), conversation.id()), wish.action(), reason));
      return new Outcome.Refused<>(reason);
    }

    private Outcome<Conversation> decide(Conversation conversation) {
      Step step =
          working.decide(
              wish,
              conversation,
              messages.getOrDefault(conversation.id(), List.of()),
              neededElsewhere.there(),
              parts.clock().instant());
      if (step instanceof Step.Changed decided) {
        Step.Changed changed = withoutAnswers(decided);
        changes.add(changed);
        occurrences.addAll(changed.occurrences());
        Conversation after = changed.conversation();
        return new Outcome.Done<>(after.withVersion(after.version() + 1));
      }
      return step instanceof Step.Refused refused
          ? new Outcome.Refused<>(refused.reason())
          : new Outcome.AlreadySo<>();
    }

    /** Whoever waited for what goes no more waits again. */
    private Step.Changed withoutAnswers(Step.Changed changed) {
      return wish instanceof Wish.Delete
          ? changed.with(unanswered.without(changed.conversation(), changed.messages()))
          : changed;
    }

    void commit() {
      if (occurrences.isEmpty()) {
        return;
      }
      InboxChange.Builder change =
          InboxChange.builder()
              .conversations(changes.stream().map(Step.Changed::conversation).toList())
              .messages(changes.stream().flatMap(each -> each.messages().stream()).toList())
              .documents(changes.stream().flatMap(each -> each.documents().stream()).toList())
              .audit(parts.committing().stamp(Actor.agent(agent), occurrences));
      serverWishes.add(change, changes, neededElsewhere.shared());
      withdraw(change);
      parts.committing().commit(change.build());
    }

    private void withdraw(InboxChange.Builder change) {
      if (wish instanceof Wish.Delete delete) {
        List<MessageId> gone =
            changes.stream()
                .flatMap(each -> each.messages().stream())
                .map(Message::id)
                .filter(delete.owed()::containsKey)
                .toList();
        change.withdraw(
            gone.stream()
                .flatMap(id -> delete.owed().getOrDefault(id, List.of()).stream())
                .toList());
        List<DocumentKey> drafts = gone.stream().map(SentDraft::keyOf).toList();
        change.dropDocuments(drafts);
        change.documents(
            new BlobRemovals(parts)
                .ofFiles(
                    parts.storage().documents().find(drafts).stream()
                        .map(each -> ((SentDraft) each).draft())
                        .toList()));
      }
    }
  }
}
