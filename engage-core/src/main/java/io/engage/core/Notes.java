package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.util.List;
import java.util.Optional;

/** Shows and removes what agents wrote for colleagues beside conversations. */
final class Notes {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Notes(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  Outcome<Page<Note>> list(AgentAction action, ConversationId conversation, Page.Request page) {
    return permitting.onConversation(
        action, conversation, found -> new Outcome.Done<>(page(conversation, page)));
  }

  Outcome<Note> remove(NoteId id) {
    return parts
        .committing()
        .retrying(() -> find(id).map(this::removeFrom).orElseGet(Outcome.Unknown::new));
  }

  /**
   * Looked for again with the conversation in hand: whoever removes it later finds that changed.
   */
  private Outcome<Note> removeFrom(Note found) {
    return permitting.onConversation(
        AgentAction.NOTE,
        found.conversation(),
        conversation ->
            find(found.id())
                .map(note -> remove(note, conversation))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome<Note> remove(Note note, Conversation conversation) {
    parts.committing().commit(removal(note, conversation));
    return new Outcome.Done<>(note);
  }

  /** The conversation goes along, so that of two who remove a note one is told it is gone. */
  private InboxChange removal(Note note, Conversation conversation) {
    return InboxChange.builder()
        .conversations(List.of(conversation))
        .drop(note)
        .audit(
            parts
                .committing()
                .stamp(
                    Actor.agent(agent),
                    AuditSubject.of(conversation.inbox(), conversation.id()),
                    new AuditFact.NoteRemoved(note.id())))
        .build();
  }

  /** One more than wanted tells whether something follows. */
  Page<Note> page(ConversationId conversation, Page.Request page) {
    String after = page.after() == null ? "" : page.after().id();
    List<Note> found =
        parts
            .storage()
            .documents()
            .ofOwner(DocumentKey.Kind.NOTE, conversation.value(), after, page.limit() + 1)
            .stream()
            .map(Note.class::cast)
            .toList();
    if (found.size() <= page.limit()) {
      return new Page<>(found, null);
    }
    Note last = found.get(page.limit() - 1);
    return new Page<>(found.subList(0, page.limit()), new Page.Mark(last.at(), last.id().value()));
  }

  private Optional<Note> find(NoteId id) {
    return parts
        .storage()
        .documents()
        .find(List.of(new DocumentKey(DocumentKey.Kind.NOTE, id.value())))
        .stream()
        .map(Note.class::cast)
        .findFirst();
  }
}
