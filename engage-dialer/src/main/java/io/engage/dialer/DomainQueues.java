package io.engage.dialer;

import io.engage.dialer.pacing.Rates;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.inbox.WeeklySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When those come again whose domain has had its share: one behind the other, so that they do not
 * stand before all others again and again. Each node has queues of its own; whoever comes too early
 * is sent to the end of one.
 */
final class DomainQueues {
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Whoever allows a domain more sees it heeded within this time. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** As long as a server is heeded after its last complaint: nobody waits on when it is over. */
  private static final Duration LONGEST_FOR_SERVER = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final Map<String, Instant> ends = new HashMap<>();

  /**
   * Puts them at the end of the queue of their domain, and says whose turn is when.
   *
   * @param taken how far apart its server takes mails to the domain; nothing when it takes all
   */
  synchronized <T> Map<Instant, List<T>> add(
      Campaign campaign, String domain, List<T> held, Duration taken, Instant now) {
    CampaignPlan plan = campaign.plan();
    Duration allowed = Rates.domainApart(plan.pace());
    boolean slow = taken.compareTo(allowed) > 0;
    int together = slow ? 1 : Rates.domainAtOnce(plan.pace());
    Duration apart = slow ? taken : allowed;
    Instant latest = latest(plan, slow ? LONGEST_FOR_SERVER : LONGEST, now);
    String name = campaign.id().value() + '/' + domain;
    Instant turn = later(ends.getOrDefault(name, now), now);
    Map<Instant, List<T>> turns = new LinkedHashMap<>();
    for (int from = 0; from < held.size(); from += together) {
      List<T> next = held.subList(from, Math.min(held.size(), from + together));
      turn = turn.plus(apart.multipliedBy(next.size()));
      turn = turn.isBefore(latest) ? turn : latest;
      turns.merge(turn, next, DomainQueues::both);
    }
    forget(now);
    ends.put(name, turn);
    return turns;
  }

  /** A turn after the window would hide that somebody has missed it. */
  private static Instant latest(CampaignPlan plan, Duration longest, Instant now) {
    Instant latest = now.plus(longest);
    WeeklySchedule windows = plan.windows();
    if (windows == null) {
      return latest;
    }
    Instant end = windows.nextClosing(now).orElse(latest).minusMillis(1);
    return later(end.isBefore(latest) ? end : latest, now.plus(SHORT));
  }

  private void forget(Instant now) {
    if (ends.size() >= MOST) {
      ends.values().removeIf(end -> !end.isAfter(now));
    }
    if (ends.size() >= MOST) {
      ends.clear();
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    List<T> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
