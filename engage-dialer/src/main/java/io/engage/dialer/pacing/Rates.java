package io.engage.dialer.pacing;

import io.engage.model.campaign.Pace;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides the token buckets of a pace. A bucket holds little, and what refills it is less by that
 * much: so no second, minute or hour, wherever it begins, has more mails than its limit.
 */
public final class Rates {
  private static final int SHARE_AT_ONCE = 20;

  private Rates() {}

  /** Of a whole campaign; empty when it has no limit. */
  public static Optional<BucketConfiguration> decide(Pace pace) {
    List<Bandwidth> limits = new ArrayList<>();
    add(limits, pace.perSecond(), Duration.ofSeconds(1));
    add(limits, pace.perMinute(), Duration.ofMinutes(1));
    add(limits, pace.perHour(), Duration.ofHours(1));
    if (!pace.between().isZero()) {
      limits.add(limit(1, 1, pace.between()));
    }
    return limits.isEmpty() ? Optional.empty() : Optional.of(configuration(limits));
  }

  /** Of each domain; empty when they have no limit. */
  public static Optional<BucketConfiguration> perDomain(Pace pace) {
    List<Bandwidth> limits = new ArrayList<>();
    add(limits, pace.perDomainPerMinute(), Duration.ofMinutes(1));
    return limits.isEmpty() ? Optional.empty() : Optional.of(configuration(limits));
  }

  /** How many mails to one domain may go at once. */
  public static int domainAtOnce(Pace pace) {
    return atOnce(pace.perDomainPerMinute());
  }

  /** How far mails to one domain are apart; nothing when they have no limit. */
  public static Duration domainApart(Pace pace) {
    int most = pace.perDomainPerMinute();
    return most == Pace.NO_LIMIT
        ? Duration.ZERO
        : Duration.ofMinutes(1).dividedBy(refill(most)).plusNanos(1);
  }

  /** What tells the buckets of one pace from those of another, so that an edit counts at once. */
  public static String name(Pace pace) {
    return "%d-%d-%d-%d-%d"
        .formatted(
            pace.between().toMillis(),
            pace.perSecond(),
            pace.perMinute(),
            pace.perHour(),
            pace.perDomainPerMinute());
  }

  /** How long a mail counts for any limit. */
  public static Duration memory(Pace pace) {
    Duration hour = Duration.ofHours(1);
    return pace.between().compareTo(hour) > 0 ? pace.between() : hour;
  }

  /** The longest time that may pass between two mails although nothing is wrong. */
  public static Duration longestPause(Pace pace) {
    Duration hourly =
        pace.perHour() == Pace.NO_LIMIT
            ? Duration.ZERO
            : Duration.ofHours(1).dividedBy(pace.perHour());
    return hourly.compareTo(pace.between()) > 0 ? hourly : pace.between();
  }

  private static void add(List<Bandwidth> limits, int most, Duration within) {
    if (most != Pace.NO_LIMIT) {
      limits.add(limit(atOnce(most), refill(most), within));
    }
  }

  private static int atOnce(int most) {
    return Math.max(1, most / SHARE_AT_ONCE);
  }

  private static int refill(int most) {
    return most - atOnce(most) + 1;
  }

  private static Bandwidth limit(long atOnce, long refill, Duration within) {
    return Bandwidth.builder().capacity(atOnce).refillGreedy(refill, within).build();
  }

  private static BucketConfiguration configuration(List<Bandwidth> limits) {
    return new BucketConfiguration(limits);
  }
}
