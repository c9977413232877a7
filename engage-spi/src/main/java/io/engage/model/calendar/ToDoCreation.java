package io.engage.model.calendar;

import static java.util.Objects.requireNonNull;

/** What became of the wish for a to-do. */
public sealed interface ToDoCreation {

  /** It stands in the host's list. {@code id} is its name there. */
  record Created(String id) implements ToDoCreation {
    public Created {
      requireNonNull(id, "id");
    }
  }

  /** It does not; {@code reason} is shown. */
  record Refused(String reason) implements ToDoCreation {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
