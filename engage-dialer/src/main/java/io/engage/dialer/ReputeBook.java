package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.pacing.Repute;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientCounts;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows what harm campaigns do to the repute of their senders. One that nobody has resumed answers
 * for all that became of it, whichever node looks; for one that somebody resumed, what was known by
 * then is forgiven.
 */
final class ReputeBook {
  private final Foundation foundation;
  private final ConcurrentMap<CampaignId, Forgiven> forgiven = new ConcurrentHashMap<>();

  ReputeBook(Foundation foundation) {
    this.foundation = foundation;
  }

  /** What the counts were when this node first saw a campaign that was resumed then. */
  private record Forgiven(@Nullable Instant resumedAt, RecipientCounts counts) {}

  /** Why it is not to go on; empty when it may. */
  Optional<String> findHarm(Standing standing) {
    RecipientCounts all = foundation.storage().recipients().counts(standing.listIds());
    return Repute.decide(all, forgiven(standing.campaign(), all));
  }

  private RecipientCounts forgiven(Campaign campaign, RecipientCounts all) {
    Instant resumedAt = campaign.state().changedAt();
    return Objects.equals(campaign.state().startedAt(), resumedAt)
        ? RecipientCounts.NONE
        : forgiven
            .compute(
                campaign.id(),
                (any, known) ->
                    known != null && Objects.equals(known.resumedAt(), resumedAt)
                        ? known
                        : new Forgiven(resumedAt, all))
            .counts();
  }

  /** It does not run any more. */
  void forget(CampaignId campaign) {
    forgiven.remove(campaign);
  }
}
