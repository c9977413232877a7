package io.engage.dialer.rendering;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.inbox.Inbox;
import io.engage.model.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * What all mails of a list have in common.
 *
 * @param list null for a mail that no row stands for, such as one to try out
 * @param template of the campaign; null when it has none
 */
public record Sheet(
    Campaign campaign,
    @Nullable CampaignList list,
    Inbox inbox,
    @Nullable Template template,
    Signatures signatures) {
  public Sheet {
    requireNonNull(campaign, "campaign");
    requireNonNull(inbox, "inbox");
    requireNonNull(signatures, "signatures");
  }

  /**
   * What proves that something that comes back was ours.
   *
   * @param linksUnder the public address below which links are answered, with a slash at its end;
   *     null when the host answers none
   */
  public record Signatures(
      RecipientTokens tokens, RecipientLinks links, @Nullable String linksUnder) {
    public Signatures {
      requireNonNull(tokens, "tokens");
      requireNonNull(links, "links");
    }
  }

  /** A list may have a subject of its own; without any, the template's serves. */
  String subject() {
    if (list != null && !list.subject().isBlank()) {
      return list.subject();
    }
    String own = campaign.plan().subject();
    return own.isBlank() && template != null ? template.subject() : own;
  }
}
