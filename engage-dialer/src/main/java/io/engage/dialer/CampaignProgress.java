package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientCounts;

/**
 * How far a campaign is.
 *
 * @param counts of its active lists
 */
public record CampaignProgress(
    CampaignId campaign, Campaign.Status status, RecipientCounts counts) {
  public CampaignProgress {
    requireNonNull(campaign, "campaign");
    requireNonNull(status, "status");
    requireNonNull(counts, "counts");
  }
}
