package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.RecipientOutcome.Why;
import java.time.Instant;

/**
 * What became of a claimed recipient.
 *
 * @param token of the claim
 * @param status {@link RecipientStatus#PENDING} when it is to be tried again, else a final one
 * @param notBefore when it may be tried again; {@link Instant#EPOCH} when it is final
 */
public record RecipientSettlement(
    RecipientId recipient,
    long token,
    RecipientStatus status,
    RecipientOutcome outcome,
    Instant at,
    Instant notBefore) {
  public RecipientSettlement {
    requireNonNull(recipient, "recipient");
    requireNonNull(outcome, "outcome");
    requireNonNull(at, "at");
    requireNonNull(notBefore, "notBefore");
    if (status != RecipientStatus.PENDING && !status.isFinal()) {
      throw new IllegalArgumentException(
          "Recipient '%s' cannot be settled as %s".formatted(recipient, status.code()));
    }
    if (outcome.why() == Why.NOT_BEGUN && status != RecipientStatus.PENDING) {
      throw new IllegalArgumentException(
          "Recipient '%s' was not begun, so it cannot be settled as %s"
              .formatted(recipient, status.code()));
    }
  }

  /** Nothing more is to be done. */
  public static RecipientSettlement end(
      RecipientClaim claim, RecipientStatus status, RecipientOutcome outcome, Instant at) {
    return new RecipientSettlement(
        claim.recipient().id(), claim.token(), status, outcome, at, Instant.EPOCH);
  }

  /** Of somebody who was marked and whose mail was not begun: it was no attempt. */
  public static RecipientSettlement notBegun(RecipientClaim claim, Instant at, Instant notBefore) {
    return again(
        claim,
        RecipientOutcome.of(Why.NOT_BEGUN, "Nothing was sent; its turn comes again"),
        at,
        notBefore);
  }

  /** To be tried again. */
  public static RecipientSettlement again(
      RecipientClaim claim, RecipientOutcome outcome, Instant at, Instant notBefore) {
    return new RecipientSettlement(
        claim.recipient().id(), claim.token(), RecipientStatus.PENDING, outcome, at, notBefore);
  }
}
