package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.mailbox.LedgerEntry.State;
import org.jspecify.annotations.Nullable;

/**
 * A mail's step from one ending to another: valid only while the stored entry of its UID is still
 * in the state {@code from}, so that two nodes cannot overwrite what the other made of it.
 *
 * @param from null when the mail has no entry yet
 */
public record LedgerMove(@Nullable State from, LedgerEntry to) {
  public LedgerMove {
    requireNonNull(to, "to");
  }

  /** The first entry of a mail. */
  public static LedgerMove first(LedgerEntry entry) {
    return new LedgerMove(null, entry);
  }
}
