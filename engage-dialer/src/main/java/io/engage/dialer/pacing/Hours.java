package io.engage.dialer.pacing;

import io.engage.model.campaign.CampaignPlan;
import io.engage.model.inbox.WeeklySchedule;
import java.time.Instant;
import java.util.Optional;

/** Whether a campaign may send at a moment. */
public sealed interface Hours {

  /** It may, up to, not including, the moment that {@link #decide} gives for it later. */
  record Open() implements Hours {}

  /** It may again at {@code next}. */
  record Closed(Instant next) implements Hours {}

  /** It may never again: its end has come, or no window opens before it. */
  record Over() implements Hours {}

  /** Windows are half-open: at the moment at which one closes nothing is sent any more. */
  static Hours decide(CampaignPlan plan, Instant now) {
    Instant until = plan.until();
    if (until != null && !now.isBefore(until)) {
      return new Over();
    }
    WeeklySchedule windows = plan.windows();
    if (windows == null || windows.isOpenAt(now)) {
      return new Open();
    }
    Optional<Instant> next =
        windows.nextOpening(now).filter(moment -> until == null || moment.isBefore(until));
    return next.<Hours>map(Closed::new).orElseGet(Over::new);
  }

  /** Whether anybody can miss a window, because the plan has some and says that it matters. */
  static boolean mayBeMissed(CampaignPlan plan) {
    return plan.windows() != null && plan.missed() == CampaignPlan.Missed.EXPIRE;
  }

  /**
   * Whether a window has closed over somebody whose turn could have come since {@code due}: what
   * they would get now is old, where the plan says so.
   */
  static boolean haveMissed(CampaignPlan plan, Instant due, Instant now) {
    WeeklySchedule windows = plan.windows();
    return windows != null
        && plan.missed() == CampaignPlan.Missed.EXPIRE
        && windows
            .nextOpening(due)
            .flatMap(windows::nextClosing)
            .filter(closing -> !closing.isAfter(now))
            .isPresent();
  }
}
