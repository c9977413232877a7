package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.model.campaign.CampaignId;
import io.engage.spi.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets one at a time read a list into a campaign, or remove one: so that duplicates are found, and
 * nothing is added to what is being removed.
 *
 * <p>Never within a transaction of the host: rows are stored and removed at once, for all nodes to
 * see, and would stay or be gone when the host takes back the list that they belong to.
 */
final class ImportTurns {
  private static final Duration HELD = Duration.ofMinutes(10);

  private final Foundation foundation;

  ImportTurns(Foundation foundation) {
    this.foundation = foundation;
  }

  /** Why nothing of the kind can be done just now; empty when it can. */
  Optional<String> refusal() {
    return foundation.storage().events().isHostsTransactionOpen()
        ? Optional.of(
            "Recipients are stored and removed at once, and cannot be taken back with your"
                + " transaction. Do this outside of one.")
        : Optional.empty();
  }

  <T> Outcome<T> during(CampaignId campaign, Function<Hold, Outcome<T>> act) {
    Optional<String> refusal = refusal();
    return refusal.isPresent() ? new Outcome.Refused<>(refusal.get()) : inTurn(campaign, act);
  }

  private <T> Outcome<T> inTurn(CampaignId campaign, Function<Hold, Outcome<T>> act) {
    String name = "campaign-lists/" + campaign.value();
    String owner = foundation.ids().next();
    Optional<Lease> lease = acquire(name, owner);
    if (lease.isEmpty()) {
      return new Outcome.Refused<>(
          "A list of this campaign is being imported or removed just now. Try again when that is"
              + " done.");
    }
    try {
      return act.apply(() -> acquire(name, owner).isPresent());
    } finally {
      foundation.storage().leases().release(lease.get());
    }
  }

  private Optional<Lease> acquire(String name, String owner) {
    Instant now = foundation.clock().instant();
    return foundation.storage().leases().acquire(name, owner, now, now.plus(HELD));
  }

  /** The right to go on. */
  @FunctionalInterface
  interface Hold {
    /** Whether it is still ours, for a while longer. */
    boolean prolong();
  }
}
