package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

/** Names one draft. */
public record DraftId(String value) {
  public DraftId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A DraftId needs at least one character");
    }
  }

  public static DraftId of(String value) {
    return new DraftId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
