package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Inbox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inbox that was saved.
 *
 * @param inbox as it is stored now, ready to be changed again
 * @param check how its servers answered: whatever is red in it has to be seen to, or mail will not
 *     come or go; null when nothing about them changed, so that they were not tried
 * @param warnings what of its settings does nothing, or less than it seems, as the program is set
 *     up; can be shown to the administrator
 */
public record SavedInbox(Inbox inbox, @Nullable AccountCheck check, List<String> warnings) {
  public SavedInbox {
    requireNonNull(inbox, "inbox");
    warnings = List.copyOf(warnings);
  }
}
