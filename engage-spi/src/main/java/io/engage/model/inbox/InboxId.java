package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/** Names one inbox. */
public record InboxId(String value) {
  public InboxId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A InboxId needs at least one character");
    }
  }

  public static InboxId of(String value) {
    return new InboxId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
