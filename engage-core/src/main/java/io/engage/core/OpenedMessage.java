package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;

/**
 * A message as an agent sees it.
 *
 * @param content its text, folds, safe HTML and attachments
 */
public record OpenedMessage(Message message, Conversation conversation, ReadMail content) {
  public OpenedMessage {
    requireNonNull(message, "message");
    requireNonNull(conversation, "conversation");
    requireNonNull(content, "content");
  }
}
