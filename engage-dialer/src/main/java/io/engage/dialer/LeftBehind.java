package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.dialing.Dialing;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientSettlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what was under way when a node died, in lists from which nobody is sent to any more:
 * their campaign was held, ended or has finished, or they were switched off. Nobody else claims
 * these, and the counts would never be final. For one thread at a time.
 */
final class LeftBehind {
  private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

  /** More lists than these are asked for in several questions. */
  private static final int LISTS_AT_ONCE = 500;

  /** As long as this a campaign that has ended is looked after as if it had not. */
  private static final Duration AFTER_THE_END = Duration.ofHours(1);

  private final Foundation foundation;
  private final Settings settings;
  private final Settling settling;
  private final CampaignShelf shelf;
  private final Map<CampaignId, Instant> lookedAfterUntil = new HashMap<>();
  private Set<CampaignId> goingBefore = Set.of();
  private Instant nextLookAtAll = Instant.MIN;

  LeftBehind(Foundation foundation, Settings settings, Settling settling) {
    this.foundation = foundation;
    this.settings = settings;
    this.settling = settling;
    this.shelf = new CampaignShelf(foundation);
  }

  void settle() {
    Instant now = foundation.clock().instant();
    Map<ListId, Campaign> atRest = atRest(now);
    List<ListId> lists = List.copyOf(atRest.keySet());
    for (int from = 0; from < lists.size(); from += LISTS_AT_ONCE) {
      settle(lists.subList(from, Math.min(lists.size(), from + LISTS_AT_ONCE)), atRest, now);
    }
  }

  private Map<ListId, Campaign> atRest(Instant now) {
    Map<ListId, Campaign> atRest = new LinkedHashMap<>();
    for (Campaign campaign : concerned(now)) {
      boolean runs = campaign.state().status() == Status.RUNNING;
      shelf.lists(campaign.id()).stream()
          .filter(list -> !runs || list.status() != CampaignList.Status.ACTIVE)
          .forEach(list -> atRest.put(list.id(), campaign));
    }
    return atRest;
  }

  /**
   * Those that are not over, those that have ended lately, and now and then all: whoever ended long
   * ago has nothing under way, unless no node was there to see it.
   */
  private List<Campaign> concerned(Instant now) {
    List<Campaign> going = shelf.going();
    Set<CampaignId> seen = going.stream().map(Campaign::id).collect(Collectors.toSet());
    goingBefore.stream()
        .filter(id -> !seen.contains(id))
        .forEach(id -> lookedAfterUntil.put(id, now.plus(AFTER_THE_END)));
    goingBefore = seen;
    lookedAfterUntil.values().removeIf(until -> !now.isBefore(until));
    boolean all = !now.isBefore(nextLookAtAll);
    if (all) {
      nextLookAtAll = now.plus(AFTER_THE_END);
    }
    List<Campaign> over = all ? shelf.over() : shelf.find(lookedAfterUntil.keySet());
    return Stream.concat(going.stream(), over.stream()).distinct().toList();
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
