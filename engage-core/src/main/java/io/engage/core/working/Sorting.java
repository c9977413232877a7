package io.engage.core.working;

import io.engage.core.working.Step.OnServer;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Tags;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides what agents attach to a conversation to find it again: tags, a priority, notes. */
final class Sorting {
  private static final int LAST_PRIORITY = 999_999;
  private static final int LONGEST_NOTE = 20_000;
  private static final String NO_TAG =
      "A tag has 1 to %d characters. Choose another.".formatted(Tags.LONGEST);

  Step decide(Wish.AddTag wish, Conversation conversation) {
    Optional<String> tag = Tags.parse(wish.tag());
    if (tag.isEmpty()) {
      return new Step.Refused(NO_TAG);
    }
    Set<String> tags = new TreeSet<>(conversation.state().tags());
    if (!tags.add(tag.get())) {
      return new Step.AlreadySo();
    }
    return tags.size() > Tags.MOST
        ? new Step.Refused(
            "A conversation has at most %d tags. Take one away first.".formatted(Tags.MOST))
        : changed(conversation, tags, new AuditFact.Tagged(tag.get()));
  }

  Step decide(Wish.RemoveTag wish, Conversation conversation) {
    Optional<String> tag = Tags.parse(wish.tag());
    if (tag.isEmpty()) {
      return new Step.Refused(NO_TAG);
    }
    Set<String> tags = new TreeSet<>(conversation.state().tags());
    return tags.remove(tag.get())
        ? changed(conversation, tags, new AuditFact.Untagged(tag.get()))
        : new Step.AlreadySo();
  }

  Step decide(Wish.Prioritize wish, Conversation conversation) {
    if (wish.priority() < 0 || wish.priority() > LAST_PRIORITY) {
      return new Step.Refused(
          "A priority is 0 to %d; a lower number goes first.".formatted(LAST_PRIORITY));
    }
    return wish.priority() == conversation.state().priority()
        ? new Step.AlreadySo()
        : changed(
            conversation.withState(conversation.state().withPriority(wish.priority())),
            new AuditFact.PriorityChanged(wish.priority()));
  }

  /** The id begins with the time, so that notes are found in their order. */
  Step decide(Wish.AddNote wish, Conversation conversation, Instant now) {
    if (wish.text().isBlank() || wish.text().length() > LONGEST_NOTE) {
      return new Step.Refused("A note has 1 to %d characters.".formatted(LONGEST_NOTE));
    }
    NoteId id = NoteId.of("%013d-%s".formatted(now.toEpochMilli(), wish.newIds().get()));
    return new Step.Changed(
        conversation,
        List.of(),
        List.of(new Note(id, conversation.id(), wish.author(), wish.text().strip(), now, 0)),
        List.of(about(conversation, new AuditFact.Noted(id))),
        OnServer.NOTHING);
  }

  private static Step changed(Conversation conversation, Set<String> tags, AuditFact fact) {
    return changed(conversation.withState(conversation.state().withTags(tags)), fact);
  }

  private static Step changed(Conversation conversation, AuditFact fact) {
    return new Step.Changed(
        conversation, List.of(), List.of(about(conversation, fact)), OnServer.NOTHING);
  }

  private static Occurrence about(Conversation conversation, AuditFact fact) {
    return new Occurrence(AuditSubject.of(conversation.inbox(), conversation.id()), fact);
  }
}
