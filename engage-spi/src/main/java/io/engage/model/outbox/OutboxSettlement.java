package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The end of a claim. It is valid only while the claim is the entry's newest.
 *
 * @param again the entry as it is to be tried once more, with the same id; null when it is done
 */
public record OutboxSettlement(OutboxClaim claim, @Nullable OutboxEntry again) {
  public OutboxSettlement {
    requireNonNull(claim, "claim");
    if (again != null && !again.id().equals(claim.entry().id())) {
      throw new IllegalArgumentException(
          "Outbox entry '%s' cannot be replaced by entry '%s'"
              .formatted(claim.entry().id().value(), again.id().value()));
    }
  }

  /** It is done, or given up: the entry disappears. */
  public static OutboxSettlement done(OutboxClaim claim) {
    return new OutboxSettlement(claim, null);
  }
}
