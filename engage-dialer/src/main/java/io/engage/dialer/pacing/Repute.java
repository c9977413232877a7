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
   * Bounces and complaints come late. So what came since is held against everything delivered, not
   * against what was delivered since: it is mostly about mails of before.
   *
   * @param all what became of the campaign's recipients
   * @param forgiven what of it somebody knew who had the campaign go on
   */
  public static Optional<String> decide(RecipientCounts all, RecipientCounts forgiven) {
    RecipientCounts since = all.minus(forgiven);
    long delivered = all.sent() + all.rejected();
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
