package io.engage.core;

import io.engage.core.linking.Moving;
import io.engage.core.linking.Moving.Moved;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.CustomerMerge;
import io.engage.model.customer.CustomerMerge.Stage;
import io.engage.model.customer.CustomerMove;
import io.engage.model.customer.Person;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves everything of one customer to another, and back: in steps of a bounded size, each of them
 * one commit that remembers what moved. Whoever is cut short goes on where it stands.
 */
final class Merging {
  private static final int MESSAGES_AT_ONCE = 500;
  private static final int CONVERSATIONS_AT_ONCE = 100;

  private final Agent agent;
  private final Parts parts;
  private final Identities identities;
  private final Moving moving = new Moving();

  Merging(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.identities = new Identities(parts);
  }

  /** A merge after one more step of it. */
  private record Step(CustomerMerge merge, boolean more) {}

  Outcome<CustomerMerge> merge(CustomerId kept, CustomerId merged) {
    Optional<CustomerMerge> before = find(merged);
    Optional<String> refusal = refusal(kept, merged, before);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    if (before.filter(found -> found.stage() == Stage.DONE).isPresent() && nothingLeft(merged)) {
      return new Outcome.AlreadySo<>();
    }
    Step step;
    do {
      step = parts.committing().retrying(() -> moveSome(kept, merged));
    } while (step.more());
    return new Outcome.Done<>(step.merge());
  }

  Outcome<CustomerMerge> undo(CustomerId merged) {
    Optional<CustomerMerge> before = find(merged);
    if (before.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    if (before.get().stage() == Stage.UNDONE) {
      return new Outcome.AlreadySo<>();
    }
    Step step;
    do {
      Optional<String> refusal = isMovingOn(before.get().kept());
      if (refusal.isPresent()) {
        return new Outcome.Refused<>(refusal.get());
      }
      step = parts.committing().retrying(() -> moveSomeBack(merged));
    } while (step.more());
    return new Outcome.Done<>(step.merge());
  }

  Optional<CustomerMerge> find(CustomerId merged) {
    return parts.storage().documents().find(List.of(CustomerMerge.keyOf(merged))).stream()
        .map(CustomerMerge.class::cast)
        .findFirst();
  }

  private Optional<String> refusal(
      CustomerId kept, CustomerId merged, Optional<CustomerMerge> before) {
    if (kept.equals(merged)) {
      return Optional.of("A customer cannot be merged with themselves");
    }
    if (before.filter(found -> found.stage() == Stage.MOVING_BACK).isPresent()) {
      return Optional.of(
          "An earlier merge of customer '%s' is being undone. Finish that first."
              .formatted(merged));
    }
    Optional<String> unfinished = unfinishedInto(merged);
    if (unfinished.isPresent()) {
      return unfinished;
    }
    Optional<CustomerMerge> other =
        before.filter(CustomerMerge::holds).filter(found -> !found.kept().equals(kept));
    return other.or(() -> find(kept).filter(CustomerMerge::holds)).map(Merging::isMergedAlready);
  }

  /** What came to them by an earlier merge has gone on with them: only they can bring it back. */
  private Optional<String> isMovingOn(CustomerId kept) {
    return find(kept)
        .filter(outer -> outer.stage() != Stage.UNDONE)
        .map(
            outer ->
                "Customer '%s' is merged into '%s'. Undo that first."
                    .formatted(outer.merged(), outer.kept()));
  }

  /** Whoever takes back what was merged into them cannot be merged away meanwhile. */
  private Optional<String> unfinishedInto(CustomerId kept) {
    return identities.mergesInto(kept).stream()
        .filter(each -> each.stage() == Stage.MOVING || each.stage() == Stage.MOVING_BACK)
        .findFirst()
        .map(
            each ->
                "The merge of customer '%s' into '%s' is not finished. Finish that first."
                    .formatted(each.merged(), kept));
  }

  private static String isMergedAlready(CustomerMerge merge) {
    return "Customer '%s' is merged into customer '%s' already. Undo that first."
        .formatted(merge.merged(), merge.kept());
  }

  private boolean nothingLeft(CustomerId merged) {
    return parts.storage().persons().conversations(Person.of(merged), null, 1).isEmpty();
  }

  private Step moveSome(CustomerId kept, CustomerId merged) {
    Optional<CustomerMerge> before = find(merged);
    CustomerMerge merge =
        before
            .filter(CustomerMerge::holds)
            .orElseGet(
                () ->
                    new CustomerMerge(
                        kept,
                        merged,
                        parts.clock().instant(),
                        Stage.MOVING,
                        0,
                        0,
                        before.map(CustomerMerge::version).orElse(0L)));
    Batch batch = batchOf(merged);
    Moved moved = moving.decide(batch.conversations, batch.messages, kept, "two customers are one");
    CustomerMerge after =
        merge
            .moved(moved.conversations().size(), moved.messages().size())
            .in(batch.more ? Stage.MOVING : Stage.DONE);
    InboxChange.Builder change =
        change(
            moved,
            after,
            new AuditFact.CustomersMerged(
                kept, merged, moved.conversations().size(), moved.messages().size()));
    if (!moved.isEmpty()) {
      change.document(
          new CustomerMove(
              parts.ids().next(),
              merged,
              moved.conversations().stream().map(Conversation::id).toList(),
              moved.messages().stream().map(Message::id).toList(),
              0));
    }
    parts.committing().commit(change.build());
    return new Step(after.withVersion(after.version() + 1), batch.more);
  }

  private Step moveSomeBack(CustomerId merged) {
    CustomerMerge merge = find(merged).orElseThrow();
    List<CustomerMove> moves =
        parts
            .storage()
            .documents()
            .ofOwner(DocumentKey.Kind.CUSTOMER_MOVE, merged.value(), "", 2)
            .stream()
            .map(CustomerMove.class::cast)
            .toList();
    List<CustomerMove> now = moves.stream().limit(1).toList();
    boolean more = moves.size() > 1;
    Moved moved = moving.decide(still(now, merge), stillMessages(now, merge), merged, "undone");
    CustomerMerge after =
        merge
            .moved(-moved.conversations().size(), -moved.messages().size())
            .in(more ? Stage.MOVING_BACK : Stage.UNDONE);
    parts
        .committing()
        .commit(
            change(
                    moved,
                    after,
                    new AuditFact.MergeUndone(
                        merge.kept(),
                        merged,
                        moved.conversations().size(),
                        moved.messages().size()))
                .dropDocuments(now.stream().map(CustomerMove::key).toList())
                .build());
    return new Step(after.withVersion(after.version() + 1), more);
  }

  /** What has been linked to somebody else since stays there. */
  private List<Conversation> still(List<CustomerMove> moves, CustomerMerge merge) {
    List<ConversationId> ids =
        moves.stream().flatMap(each -> each.conversations().stream()).toList();
    return parts.storage().inboxes().conversations(ids).stream()
        .filter(each -> merge.kept().equals(each.state().customer()))
        .toList();
  }

  private List<Message> stillMessages(List<CustomerMove> moves, CustomerMerge merge) {
    List<MessageId> ids = moves.stream().flatMap(each -> each.messages().stream()).toList();
    return parts.storage().inboxes().messages(ids).stream()
        .filter(each -> merge.kept().equals(each.state().customer()))
        .toList();
  }

  private InboxChange.Builder change(Moved moved, CustomerMerge after, AuditFact fact) {
    List<Occurrence> occurrences = new ArrayList<>();
    occurrences.add(new Occurrence(AuditSubject.NONE, fact));
    occurrences.addAll(moved.occurrences());
    return InboxChange.builder()
        .conversations(moved.conversations())
        .messages(moved.messages())
        .document(after)
        .audit(parts.committing().stamp(Actor.agent(agent), occurrences));
  }

  private Batch batchOf(CustomerId merged) {
    List<Conversation> found =
        parts.storage().persons().conversations(Person.of(merged), null, CONVERSATIONS_AT_ONCE + 1);
    Batch batch = new Batch(merged, found.size() > CONVERSATIONS_AT_ONCE);
    found.stream().limit(CONVERSATIONS_AT_ONCE).forEach(batch::take);
    return batch;
  }

  /** What moves in one step. A conversation moves with the last of its messages. */
  private final class Batch {
    private final CustomerId merged;
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private boolean more;

    Batch(CustomerId merged, boolean more) {
      this.merged = merged;
      this.more = more;
    }

    void take(Conversation conversation) {
      if (takeMessages(conversation) && merged.equals(conversation.state().customer())) {
        conversations.add(conversation);
      }
    }

    /** Whether all of them are taken. */
    private boolean takeMessages(Conversation conversation) {
      for (Message each : new MessageWalk(parts.storage().persons(), conversation.id())) {
        if (merged.equals(each.state().customer())) {
          if (messages.size() == MESSAGES_AT_ONCE) {
            more = true;
            return false;
          }
          messages.add(each);
        }
      }
      return true;
    }
  }
}
