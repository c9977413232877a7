package io.engage.dialer;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.template.Template;
import io.engage.spi.Documents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running campaign with what its mails are made of, as it was read.
 *
 * @param lists those that are active
 * @param importing whether there is one that is being imported
 * @param template null when the campaign has none
 */
record Standing(
    Campaign campaign,
    List<CampaignList> lists,
    boolean importing,
    Inbox inbox,
    @Nullable Template template) {
  List<ListId> listIds() {
    return lists.stream().map(CampaignList::id).toList();
  }

  Optional<CampaignList> find(ListId id) {
    return lists.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Whether it is still as it was read, with one question. */
  boolean holds(Documents documents) {
    Map<DocumentKey, Long> versions =
        lists.stream().collect(Collectors.toMap(CampaignList::key, CampaignList::version));
    versions.put(campaign.key(), campaign.version());
    List<Document> now = documents.find(List.copyOf(versions.keySet()));
    return now.size() == versions.size()
        && now.stream()
            .allMatch(each -> Long.valueOf(each.version()).equals(versions.get(each.key())));
  }
}
