package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.NamedAddress;

/**
 * Who invites whom.
 *
 * @param inbox from which the mail comes and to which calendars answer
 * @param recipient who is invited
 */
public record Parties(NamedAddress inbox, NamedAddress recipient) {
  public Parties {
    requireNonNull(inbox, "inbox");
    requireNonNull(recipient, "recipient");
  }

  /** Who it is stays out of logs. */
  @Override
  public String toString() {
    return "Parties[]";
  }
}
