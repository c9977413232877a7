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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds campaigns and what belongs to them. */
final class CampaignShelf {
  private final Foundation foundation;

  CampaignShelf(Foundation foundation) {
    this.foundation = foundation;
  }

  List<Campaign> all() {
    return Stream.concat(going().stream(), over().stream())
        .sorted(Comparator.comparing(each -> each.id().value()))
        .toList();
  }

  /** Those that are not over. */
  List<Campaign> going() {
    return campaigns(Campaign.OWNER_OF_OTHERS);
  }

  List<Campaign> over() {
    return campaigns(Campaign.OWNER_OF_OVER);
  }

  private List<Campaign> campaigns(String owner) {
    return foundation.documentsOf(DocumentKey.Kind.CAMPAIGN, owner, Campaign.class);
  }

  /** Those of these that are still there. */
  List<Campaign> find(Collection<CampaignId> ids) {
    return find(ids.stream().map(Campaign::keyOf), Campaign.class).toList();
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
    return foundation.documentsOf(
        DocumentKey.Kind.CAMPAIGN_LIST, campaign.value(), CampaignList.class);
  }

  List<ListId> listIds(CampaignId campaign) {
    return lists(campaign).stream().map(CampaignList::id).toList();
  }

  List<CampaignAttachment> files(CampaignId campaign) {
    return foundation.documentsOf(
        DocumentKey.Kind.CAMPAIGN_ATTACHMENT, campaign.value(), CampaignAttachment.class);
  }

  /** Those of these lists' campaigns that are still there, with two questions. */
  Map<ListId, Campaign> campaignsOf(Collection<ListId> lists) {
    Map<ListId, CampaignId> owners =
        find(lists.stream().map(CampaignList::keyOf), CampaignList.class)
            .collect(Collectors.toMap(CampaignList::id, CampaignList::campaign));
    Map<CampaignId, Campaign> campaigns =
        find(owners.values().stream().map(Campaign::keyOf), Campaign.class)
            .collect(Collectors.toMap(Campaign::id, each -> each));
    Map<ListId, Campaign> found = new HashMap<>();
    owners.forEach(
        (list, owner) ->
            Optional.ofNullable(campaigns.get(owner))
                .ifPresent(campaign -> found.put(list, campaign)));
    return found;
  }

  Optional<Campaign> campaignOf(ListId list) {
    return Optional.ofNullable(campaignsOf(List.of(list)).get(list));
  }

  /** A campaign as it is, which may not run yet. */
  Standing standing(Campaign campaign, Inbox inbox) {
    List<CampaignList> lists = lists(campaign.id());
    return new Standing(
        campaign,
        lists.stream().filter(each -> each.status() == CampaignList.Status.ACTIVE).toList(),
        lists.stream().anyMatch(each -> each.status() == CampaignList.Status.IMPORTING),
        inbox,
        template(campaign));
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
    return find(Stream.of(key), type).findFirst();
  }

  private <T extends Document> Stream<T> find(Stream<DocumentKey> keys, Class<T> type) {
    List<DocumentKey> asked = keys.distinct().toList();
    return asked.isEmpty() ? Stream.of() : documents().find(asked).stream().map(type::cast);
  }

  private Documents documents() {
    return foundation.storage().documents();
  }
}
