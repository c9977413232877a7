package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.pacing.Rates;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Drops what is kept of the rates of campaigns that have ended, as soon as none of their limits
 * looks back on it: one that goes on with another list keeps to its pace. For one thread at a time.
 */
final class OldRates {
  private final Foundation foundation;
  private final CampaignShelf shelf;

  /** Those that have none any more, each with the version that it had. */
  private final Map<CampaignId, Long> forgotten = new HashMap<>();

  OldRates(Foundation foundation) {
    this.foundation = foundation;
    this.shelf = new CampaignShelf(foundation);
  }

  void forget() {
    Instant now = foundation.clock().instant();
    Map<CampaignId, Long> ended = new HashMap<>();
    shelf.over().stream()
        .filter(each -> isLongEnded(each, now))
        .forEach(each -> ended.put(each.id(), each.version()));
    ended.forEach(
        (id, version) -> {
          if (!version.equals(forgotten.get(id))) {
            PaceBook.forget(foundation, id);
          }
        });
    forgotten.clear();
    forgotten.putAll(ended);
  }

  private static boolean isLongEnded(Campaign campaign, Instant now) {
    Status status = campaign.state().status();
    Instant since = campaign.state().changedAt();
    return (status == Status.FINISHED || status == Status.CANCELLED)
        && since != null
        && !now.isBefore(since.plus(Rates.memory(campaign.plan().pace())));
  }

  /** Whoever was still at work when it was removed, or ended for good, may have taken from them. */
  static void forgetIfGone(Foundation foundation, CampaignId id) {
    Optional<Campaign> campaign = new CampaignShelf(foundation).find(id);
    if (campaign.map(each -> each.state().status() == Status.CANCELLED).orElse(true)) {
      PaceBook.forget(foundation, id);
    }
  }
}
