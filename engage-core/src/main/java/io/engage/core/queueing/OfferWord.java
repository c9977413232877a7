package io.engage.core.queueing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What is said to an offer: by the agent to whom it was made, by the clock, or by the library. */
public sealed interface OfferWord {

  /**
   * The agent wants it.
   *
   * @param notPicked why they cannot pick it when it is not offered to them and waits in the queue;
   *     null when they can
   */
  record Accept(@Nullable String notPicked) implements OfferWord {}

  /** The agent does not want it. */
  record Decline() implements OfferWord {}

  /** Its time is over. */
  record Lapse() implements OfferWord {}

  /** It cannot stand any longer; {@code reason} says why. */
  record Withdraw(String reason) implements OfferWord {
    public Withdraw {
      requireNonNull(reason, "reason");
    }
  }
}
