package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.forecasting.Forecast;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.RecipientCounts;
import java.util.List;

/**
 * How a campaign stands, for whoever supervises it.
 *
 * @param lists with their states
 * @param onSchedule whether its windows are open now
 * @param counts of the recipients of all its lists
 * @param forecast when those that wait in active lists will have had their turn
 */
public record CampaignView(
    Campaign campaign,
    List<CampaignList> lists,
    boolean onSchedule,
    RecipientCounts counts,
    Forecast forecast) {
  public CampaignView {
    requireNonNull(campaign, "campaign");
    lists = List.copyOf(lists);
    requireNonNull(counts, "counts");
    requireNonNull(forecast, "forecast");
  }

  /** Of how many of all recipients the outcome is known, 0 to 100. */
  public int percent() {
    return counts.percent();
  }
}
