package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

/**
 * The right to do one entry until its lease ends. A later claim of the same entry has a greater
 * token.
 *
 * @param interrupted whether an earlier holder had marked it as attempted and never settled it, so
 *     that nobody knows how far it got
 */
public record OutboxClaim(OutboxEntry entry, long token, boolean interrupted) {
  public OutboxClaim {
    requireNonNull(entry, "entry");
  }
}
