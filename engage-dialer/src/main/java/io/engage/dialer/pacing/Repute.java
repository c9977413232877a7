package io.engage.dialer.pacing;

import io.engage.model.campaign.RecipientCounts;
import java.util.Optional;

/**
 * Decides whether a campaign harms the repute of its sender: providers want complaints below 0.3 %,
 * and lists with many dead addresses are taken for bought ones.
 */
public final class Repute {
  private static final long FEWEST_COMPLAINTS = 3;
  private static final long FEWEST_REJECTED = 25;

  private Repute() {}

  /**
   * @param since what happened since somebody started or resumed the campaign
   */
  public static Optional<String> decide(RecipientCounts since) {
    long delivered = since.sent() + since.rejected();
    if (since.spam() >= FEWEST_COMPLAINTS && since.spam() * 1000 >= delivered * 3) {
      return Optional.of(
          "Too many recipients complain: %d of %d".formatted(since.spam(), delivered));
    }
    if (since.rejected() >= FEWEST_REJECTED && since.rejected() * 20 >= delivered) {
      return Optional.of(
          "Too many addresses are rejected: %d of %d".formatted(since.rejected(), delivered));
    }
    return Optional.empty();
  }
}
