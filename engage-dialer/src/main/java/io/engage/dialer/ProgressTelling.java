package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.ListId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the host how far campaigns are: each at most once in a second, and at each end. */
final class ProgressTelling {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressTelling.class);
  private static final Duration APART = Duration.ofSeconds(1);

  private final Foundation foundation;
  private final Consumer<CampaignProgress> listener;
  private final Map<CampaignId, Instant> told = new HashMap<>();

  ProgressTelling(Foundation foundation, Consumer<CampaignProgress> listener) {
    this.foundation = foundation;
    this.listener = listener;
  }

  /** While it runs. */
  void tell(Campaign campaign, List<ListId> lists) {
    if (isDue(campaign.id())) {
      tellNow(campaign, lists);
    }
  }

  /** Where it stands now is what it comes to for the time being. */
  void tellNow(Campaign campaign, List<ListId> lists) {
    try {
      listener.accept(
          new CampaignProgress(
              campaign.id(),
              campaign.state().status(),
              foundation.storage().recipients().counts(lists)));
    } catch (RuntimeException deaf) {
      LOG.warn(
          "How far campaign '{}' is could not be told: {}",
          campaign.id(),
          deaf.getClass().getName());
    }
  }

  private synchronized boolean isDue(CampaignId campaign) {
    Instant now = foundation.clock().instant();
    Instant last = told.get(campaign);
    boolean due = last == null || !now.isBefore(last.plus(APART));
    if (due) {
      told.put(campaign, now);
    }
    return due;
  }
}
