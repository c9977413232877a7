package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Inbox;
import org.jspecify.annotations.Nullable;

/**
 * An inbox that was saved.
 *
 * @param inbox as it is stored now, ready to be changed again
 * @param check how its servers answered: whatever is red in it has to be seen to, or mail will not
 *     come or go; null when nothing about them changed, so that they were not tried
 */
public record SavedInbox(Inbox inbox, @Nullable AccountCheck check) {
  public SavedInbox {
    requireNonNull(inbox, "inbox");
  }
}
