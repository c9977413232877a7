package io.engage.core.receiving;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.CampaignId;
import io.engage.model.inbox.InboxId;

/**
 * That a mail came back for one of a campaign.
 *
 * @param inbox as which the campaign is sent
 * @param name of the campaign
 * @param answer whether somebody wrote it, who waits for an answer; else it is a program's and was
 *     heard already, so that it is only kept for review
 */
public record Origin(CampaignId campaign, InboxId inbox, String name, boolean answer) {
  public Origin {
    requireNonNull(campaign, "campaign");
    requireNonNull(inbox, "inbox");
    requireNonNull(name, "name");
  }
}
