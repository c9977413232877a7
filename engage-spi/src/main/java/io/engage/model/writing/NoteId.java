package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

/** Names one note. */
public record NoteId(String value) {
  public NoteId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A NoteId needs at least one character");
    }
  }

  public static NoteId of(String value) {
    return new NoteId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
