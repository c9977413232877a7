package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

/**
 * The right to send to one recipient until its lease ends. A later claim of the same recipient has
 * a greater token.
 *
 * @param recipient as it was claimed
 * @param interrupted whether an earlier holder had marked it as attempting and never settled it, so
 *     that nobody knows whether its mail went out
 */
public record RecipientClaim(Recipient recipient, long token, boolean interrupted) {
  public RecipientClaim {
    requireNonNull(recipient, "recipient");
  }
}
