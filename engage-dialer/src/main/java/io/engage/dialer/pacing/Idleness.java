package io.engage.dialer.pacing;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.inbox.WeeklySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a running campaign has been left alone for so long that nobody expects it to go
 * on: the storage was restored from a copy, in which those are pending who have long had their
 * mail, or no node was at work while the news was new.
 */
public final class Idleness {
  private Idleness() {}

  /**
   * What is known of the last work on a campaign.
   *
   * @param lastWorkedOn null when nobody ever did
   * @param nextDue when somebody's turn was or is; null when nobody's ever is
   */
  public record Traces(@Nullable Instant lastWorkedOn, @Nullable Instant nextDue) {}

  /**
   * @param most how long it may have rested while it could have sent
   * @return since when it rested too long; empty when it did not
   */
  public static Optional<Instant> decide(
      Campaign campaign,
      Collection<CampaignList> active,
      Traces traces,
      Duration most,
      Instant now) {
    Instant since =
        Stream.concat(
                Stream.of(campaign.state().changedAt(), traces.lastWorkedOn(), traces.nextDue())
                    .flatMap(Stream::ofNullable),
                active.stream().map(CampaignList::changedAt))
            .max(Instant::compareTo)
            .orElse(now);
    Duration rested = openTime(campaign.plan(), since, now);
    Duration allowed = most.plus(Rates.longestPause(campaign.plan().pace()));
    return rested.compareTo(allowed) > 0 ? Optional.of(since) : Optional.empty();
  }

  private static Duration openTime(CampaignPlan plan, Instant since, Instant now) {
    WeeklySchedule windows = plan.windows();
    if (!since.isBefore(now)) {
      return Duration.ZERO;
    }
    return windows == null ? Duration.between(since, now) : windows.openTimeBetween(since, now);
  }
}
