package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.dialer.rendering.FormReading;
import io.engage.dialer.rendering.Rendering;
import io.engage.dialer.rendering.Sheet;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the mails of running campaigns are made of, kept for as long as nothing of it changes. */
final class ListForms {
  private final Foundation foundation;
  private final Sheet.Signatures signatures;
  private final ConcurrentMap<CampaignId, Map<ListId, Kept>> campaigns = new ConcurrentHashMap<>();

  ListForms(Foundation foundation) {
    this.foundation = foundation;
    this.signatures =
        new Sheet.Signatures(
            new RecipientTokens(foundation.keys()),
            new RecipientLinks(foundation.links(), foundation::pseudonym),
            foundation.address("").orElse(null));
  }

  private record Kept(Sheet sheet, ListMails mails) {}

  /** Of all active lists of a campaign, or why there can be none. */
  sealed interface Found {}

  record Ready(Map<ListId, ListMails> lists) implements Found {}

  record Refused(String reason) implements Found {}

  Found of(Standing standing) {
    Map<ListId, Kept> known = campaigns.getOrDefault(standing.campaign().id(), Map.of());
    Map<ListId, Kept> now = new HashMap<>();
    for (CampaignList list : standing.lists()) {
      Sheet sheet = sheet(standing, list);
      Kept kept = known.get(list.id());
      if (kept == null || !kept.sheet().equals(sheet)) {
        FormReading reading = Rendering.decide(sheet);
        if (reading instanceof FormReading.Refused refused) {
          return new Refused(refused.reason());
        }
        kept =
            new Kept(
                sheet,
                new ListMails(((FormReading.Ready) reading).form(), foundation.mail().format()));
      }
      now.put(list.id(), kept);
    }
    campaigns.put(standing.campaign().id(), now);
    return ready(now);
  }

  private static Ready ready(Map<ListId, Kept> kept) {
    Map<ListId, ListMails> lists = new HashMap<>();
    kept.forEach((list, each) -> lists.put(list, each.mails()));
    return new Ready(lists);
  }

  /** It does not run any more. */
  void forget(CampaignId campaign) {
    campaigns.remove(campaign);
  }

  private Sheet sheet(Standing standing, CampaignList list) {
    return new Sheet(standing.campaign(), list, standing.inbox(), standing.template(), signatures);
  }
}
