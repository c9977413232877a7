package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A step of a cursor: valid only while the stored cursor is still {@code from}, so that of two
 * readers of one folder only one gets anywhere.
 *
 * @param from null when the folder has no cursor yet
 */
public record CursorMove(@Nullable FolderCursor from, FolderCursor to) {
  public CursorMove {
    requireNonNull(to, "to");
    if (from != null && !from.folder().equals(to.folder())) {
      throw new IllegalArgumentException(
          "A cursor cannot move from folder '%s' to folder '%s'"
              .formatted(from.folder(), to.folder()));
    }
    if (from != null && from.uidValidity() == to.uidValidity() && to.lastUid() < from.lastUid()) {
      throw new IllegalArgumentException(
          "The cursor of folder '%s' cannot go back from UID %d to UID %d"
              .formatted(to.folder(), from.lastUid(), to.lastUid()));
    }
  }
}
