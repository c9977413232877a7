package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

/** Names one conversation. */
public record ConversationId(String value) {
  public ConversationId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A ConversationId needs at least one character");
    }
  }

  public static ConversationId of(String value) {
    return new ConversationId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
