package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;

/**
 * A draft whose message waits to be sent: what its author gets back when they take it back. It is
 * dropped when the message is on its way.
 *
 * @param message what became of it
 */
public record SentDraft(MessageId message, Draft draft, long version) implements Document {
  public SentDraft {
    requireNonNull(message, "message");
    requireNonNull(draft, "draft");
  }

  @Override
  public DocumentKey key() {
    return keyOf(message);
  }

  public static DocumentKey keyOf(MessageId message) {
    return new DocumentKey(DocumentKey.Kind.SENT_DRAFT, message.value());
  }

  /** Its author, so that what a person has written can be found. */
  @Override
  public String owner() {
    return draft.author().value();
  }

  @Override
  public SentDraft withVersion(long newVersion) {
    return new SentDraft(message, draft, newVersion);
  }

  @Override
  public String toString() {
    return "SentDraft[" + message.value() + "]";
  }
}
