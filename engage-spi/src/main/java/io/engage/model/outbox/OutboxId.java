package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

/** Names one entry of the outbox. */
public record OutboxId(String value) {
  public OutboxId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A OutboxId needs at least one character");
    }
  }

  public static OutboxId of(String value) {
    return new OutboxId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
