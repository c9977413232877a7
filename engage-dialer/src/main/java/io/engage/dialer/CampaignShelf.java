package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.dialer.rendering.Sheet;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.Documents;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds campaigns and what belongs to them. */
final class CampaignShelf {
  private final Foundation foundation;

  CampaignShelf(Foundation foundation) {
    this.foundation = foundation;
  }

  List<Campaign> all() {
    return all(DocumentKey.Kind.CAMPAIGN, "", Campaign.class);
  }

  Optional<Campaign> find(CampaignId id) {
    return find(Campaign.keyOf(id), Campaign.class);
  }

  Optional<CampaignList> find(ListId id) {
    return find(CampaignList.keyOf(id), CampaignList.class);
  }

  Optional<CampaignAttachment> file(String token) {
    return find(CampaignAttachment.keyOf(token), CampaignAttachment.class);
  }

  List<CampaignList> lists(CampaignId campaign) {
    return all(DocumentKey.Kind.CAMPAIGN_LIST, campaign.value(), CampaignList.class);
  }

  List<ListId> listIds(CampaignId campaign) {
    return lists(campaign).stream().map(CampaignList::id).toList();
  }

  List<CampaignAttachment> files(CampaignId campaign) {
    return all(DocumentKey.Kind.CAMPAIGN_ATTACHMENT, campaign.value(), CampaignAttachment.class);
  }

  @Nullable Template template(Campaign campaign) {
    TemplateId id = campaign.plan().template();
    return id == null ? null : find(Template.keyOf(id), Template.class).orElse(null);
  }

  Sheet sheet(Campaign campaign, @Nullable CampaignList list, Inbox inbox) {
    Sheet.Signatures signatures =
        new Sheet.Signatures(
            new RecipientTokens(foundation.keys()),
            new RecipientLinks(foundation.links()),
            foundation.address("").orElse(null));
    return new Sheet(campaign, list, inbox, template(campaign), signatures);
  }

  private <T extends Document> Optional<T> find(DocumentKey key, Class<T> type) {
    return documents().find(List.of(key)).stream().findFirst().map(type::cast);
  }

  private <T extends Document> List<T> all(DocumentKey.Kind kind, String owner, Class<T> type) {
    return Standing.all(documents(), kind, owner, type);
  }

  private Documents documents() {
    return foundation.storage().documents();
  }
}
