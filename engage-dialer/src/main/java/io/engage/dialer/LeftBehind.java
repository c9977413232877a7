package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.dialing.Dialing;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientSettlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what was under way when a node died, in lists from which nobody is sent to any more:
 * their campaign was held, ended or has finished, or they were switched off. Nobody else claims
 * these, and the counts would never be final.
 */
final class LeftBehind {
  private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

  /** More lists than these are asked for in several questions. */
  private static final int LISTS_AT_ONCE = 500;

  private final Foundation foundation;
  private final Settings settings;
  private final Settling settling;
  private final CampaignShelf shelf;

  LeftBehind(Foundation foundation, Settings settings, Settling settling) {
    this.foundation = foundation;
    this.settings = settings;
    this.settling = settling;
    this.shelf = new CampaignShelf(foundation);
  }

  void settle() {
    Instant now = foundation.clock().instant();
    Map<ListId, Campaign> atRest = atRest();
    List<ListId> lists = List.copyOf(atRest.keySet());
    for (int from = 0; from < lists.size(); from += LISTS_AT_ONCE) {
      settle(lists.subList(from, Math.min(lists.size(), from + LISTS_AT_ONCE)), atRest, now);
    }
  }

  private Map<ListId, Campaign> atRest() {
    Map<ListId, Campaign> atRest = new LinkedHashMap<>();
    for (Campaign campaign : shelf.all()) {
      boolean runs = campaign.state().status() == Status.RUNNING;
      shelf.lists(campaign.id()).stream()
          .filter(list -> !runs || list.status() != CampaignList.Status.ACTIVE)
          .forEach(list -> atRest.put(list.id(), campaign));
    }
    return atRest;
  }

  private void settle(List<ListId> lists, Map<ListId, Campaign> campaigns, Instant now) {
    Instant leaseUntil = now.plus(settings.lease());
    List<RecipientClaim> claims;
    do {
      claims =
          foundation
              .storage()
              .recipients()
              .claimAbandoned(lists, settings.block(), now, leaseUntil);
      decide(claims, campaigns, settings.lastWord(leaseUntil));
    } while (claims.size() == settings.block());
  }

  /** Whoever was only claimed waits as before. */
  private void decide(
      List<RecipientClaim> claims, Map<ListId, Campaign> campaigns, Instant lastWord) {
    List<RecipientClaim> waiting = new ArrayList<>();
    List<RecipientSettlement> settled = new ArrayList<>();
    Instant now = foundation.clock().instant();
    for (RecipientClaim claim : claims) {
      Campaign campaign = campaigns.get(claim.recipient().id().list());
      if (!claim.interrupted() || campaign == null) {
        waiting.add(claim);
      } else {
        boolean ended = campaign.state().status() == Status.CANCELLED;
        settled.add(Dialing.leftBehind(claim, campaign.plan().doubt(), ended, now));
      }
    }
    if (!waiting.isEmpty()) {
      foundation.storage().recipients().release(waiting, now);
    }
    settling.settle(settled, lastWord);
    if (!settled.isEmpty()) {
      LOG.info(
          "{} recipients whose mails were under way when a node died are settled", settled.size());
    }
  }
}
