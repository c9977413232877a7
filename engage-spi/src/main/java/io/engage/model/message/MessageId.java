package io.engage.model.message;

import static java.util.Objects.requireNonNull;

/** Names one message kept by Engage. Not the Message-ID header: that is {@link RfcMessageId}. */
public record MessageId(String value) {
  public MessageId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A MessageId needs at least one character");
    }
  }

  public static MessageId of(String value) {
    return new MessageId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
