package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import java.time.Instant;

/**
 * What an agent wrote for colleagues beside a conversation. No customer ever sees it.
 *
 * @param author as they were called then
 */
public record Note(
    NoteId id, ConversationId conversation, Agent author, String text, Instant at, long version)
    implements Document {
  public Note {
    requireNonNull(id, "id");
    requireNonNull(conversation, "conversation");
    requireNonNull(author, "author");
    requireNonNull(at, "at");
    if (text.isBlank()) {
      throw new IllegalArgumentException("A note needs a text");
    }
  }

  @Override
  public DocumentKey key() {
    return new DocumentKey(DocumentKey.Kind.NOTE, id.value());
  }

  @Override
  public String owner() {
    return conversation.value();
  }

  @Override
  public Note withVersion(long newVersion) {
    return new Note(id, conversation, author, text, at, newVersion);
  }

  @Override
  public String toString() {
    return "Note[%s, %d characters]".formatted(id.value(), text.length());
  }
}
