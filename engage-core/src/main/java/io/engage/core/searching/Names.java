package io.engage.core.searching;

import io.engage.model.campaign.CampaignId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known to say what a filter means.
 *
 * @param me who asks
 * @param inboxes the inboxes that have these words in their names, by the words
 * @param customers the customers who are found by these words, by the words
 * @param agents the agents who are found by these words, by the words
 * @param campaigns the campaigns that have these words in their names, by the words
 */
public record Names(
    AgentId me,
    ZoneId zone,
    Instant now,
    Map<String, Set<InboxId>> inboxes,
    Map<String, Set<CustomerId>> customers,
    Map<String, Set<AgentId>> agents,
    Map<String, Set<CampaignId>> campaigns) {
  public Names {
    inboxes = Map.copyOf(inboxes);
    customers = Map.copyOf(customers);
    agents = Map.copyOf(agents);
    campaigns = Map.copyOf(campaigns);
  }
}
