package io.engage.dialer.dialing;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.RecipientSettlement;

/**
 * What an attempt means.
 *
 * @param settlement of its recipient
 * @param sign what it says about the way to the server
 * @param suppress whether the address is not to be written to by any campaign again
 */
public record Verdict(RecipientSettlement settlement, Sign sign, boolean suppress) {

  /** What an attempt says beyond its recipient. */
  public enum Sign {
    /** The server took the mail. */
    TAKEN,
    /** Nothing but what concerns this recipient. */
    NEUTRAL,
    /** The server puts this recipient off and does not say why. */
    PUT_OFF,
    /** The server asks to be left in peace with this recipient, or with others like them. */
    TOO_FAST_FOR_THEM,
    /** The server asks to be left in peace for a while. */
    TOO_FAST,
    /** The server refuses us, not the recipient. */
    REFUSED_US,
    /** The server refuses us for this recipient, and perhaps for others too. */
    MINDS_US,
    /** There was no talking to the server. */
    NOT_REACHED
  }

  public Verdict {
    requireNonNull(settlement, "settlement");
    requireNonNull(sign, "sign");
  }
}
