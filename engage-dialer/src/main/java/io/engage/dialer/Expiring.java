package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.dialing.Dialing;
import io.engage.dialer.pacing.Hours;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ends it for those whose turn did not come in time. */
final class Expiring {
  private final Foundation foundation;
  private final Settings settings;
  private final Settling settling;

  Expiring(Foundation foundation, Settings settings, Settling settling) {
    this.foundation = foundation;
    this.settings = settings;
    this.settling = settling;
  }

  /**
   * The end of the campaign has come: whose turn did not come gets nothing any more.
   *
   * @return whether there was anybody
   */
  boolean expireAll(Standing standing, Instant now) {
    List<RecipientClaim> claims = claim(standing, now);
    settling.settle(
        claims.stream().<RecipientSettlement>map(each -> expired(each, now)).toList(),
        lastWord(now));
    return !claims.isEmpty();
  }

  /**
   * Those over whom a window has closed; the others wait for the next one.
   *
   * @return whether there was anybody
   */
  boolean expireMissed(Standing standing, Instant next, Instant now) {
    Instant changed = standing.campaign().state().changedAt();
    boolean possible =
        Hours.haveMissed(standing.campaign().plan(), changed == null ? now : changed, now);
    List<RecipientClaim> claims = possible ? claim(standing, now) : List.of();
    List<RecipientSettlement> settled = new ArrayList<>();
    List<RecipientClaim> wait = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      if (hasMissed(standing, claim.recipient(), now)) {
        settled.add(expired(claim, now));
      } else {
        wait.add(claim);
      }
    }
    settling.settle(settled, lastWord(now));
    settling.release(standing.campaign(), wait, next);
    return !claims.isEmpty();
  }

  private List<RecipientClaim> claim(Standing standing, Instant now) {
    return foundation
        .storage()
        .recipients()
        .claim(standing.listIds(), settings.block(), now, now.plus(settings.lease()));
  }

  private Instant lastWord(Instant claimed) {
    return settings.lastWord(claimed.plus(settings.lease()));
  }

  private static RecipientSettlement expired(RecipientClaim claim, Instant now) {
    return claim.interrupted()
        ? Dialing.interrupted(claim, now)
        : Dialing.failed(claim, late(), now);
  }

  /** Whether a window has closed over somebody since their turn could have come. */
  static boolean hasMissed(Standing standing, Recipient recipient, Instant now) {
    CampaignPlan plan = standing.campaign().plan();
    return Hours.mayBeMissed(plan) && Hours.haveMissed(plan, due(standing, recipient), now);
  }

  /** Since when somebody's turn could have come. */
  private static Instant due(Standing standing, Recipient recipient) {
    Instant due = recipient.state().notBefore();
    Instant changed = standing.campaign().state().changedAt();
    Instant listed = standing.find(recipient.id().list()).map(CampaignList::changedAt).orElse(due);
    due = listed.isAfter(due) ? listed : due;
    return changed != null && changed.isAfter(due) ? changed : due;
  }

  static RecipientOutcome late() {
    return RecipientOutcome.of(Why.EXPIRED, "Their turn did not come in time");
  }
}
