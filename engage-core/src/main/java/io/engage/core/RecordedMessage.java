package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Message;

/**
 * A message of a recording.
 *
 * @param content its text, folds and safe HTML; its attachments are in {@code content.mail()}
 */
public record RecordedMessage(Message message, ReadMail content) {
  public RecordedMessage {
    requireNonNull(message, "message");
    requireNonNull(content, "content");
  }
}
