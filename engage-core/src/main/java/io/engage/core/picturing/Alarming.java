package io.engage.core.picturing;

import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.queue.Colour;
import io.engage.model.queue.InboxAlarms;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which thresholds of an inbox are crossed. What crossed one is told once, and told to be
 * over when it has gone a good piece below, so that a figure on the edge does not ring again and
 * again.
 */
public final class Alarming {
  private Alarming() {}

  /**
   * What has changed.
   *
   * @param alarms as they are from now on
   * @param facts empty when nothing has changed
   */
  public record Change(InboxAlarms alarms, List<AuditFact> facts) {
    public Change {
      facts = List.copyOf(facts);
    }
  }

  /**
   * @param alarms what was told before
   */
  public static Change decide(
      InboxAlarms alarms, QueueStanding standing, ServiceLevel level, Instant now) {
    Map<Threshold, Instant> crossed = new EnumMap<>(Threshold.class);
    crossed.putAll(alarms.crossed());
    List<AuditFact> facts = new ArrayList<>();
    for (Threshold threshold : Threshold.values()) {
      Gauge gauge = Gauge.of(threshold, standing, level, now);
      if (gauge.isCrossed() && crossed.putIfAbsent(threshold, now) == null) {
        facts.add(new AuditFact.ThresholdCrossed(threshold.code(), gauge.value(), gauge.limit()));
      } else if (!gauge.isNear() && crossed.remove(threshold) != null) {
        facts.add(new AuditFact.ThresholdCleared(threshold.code(), gauge.value(), gauge.limit()));
      }
    }
    return new Change(new InboxAlarms(alarms.inbox(), crossed, alarms.version()), facts);
  }

  /** How near each threshold is. */
  public static Map<Threshold, Colour> colours(
      QueueStanding standing, ServiceLevel level, Instant now) {
    Map<Threshold, Colour> colours = new EnumMap<>(Threshold.class);
    for (Threshold threshold : Threshold.values()) {
      colours.put(threshold, Gauge.of(threshold, standing, level, now).colour());
    }
    return colours;
  }

  /** A span of centuries reaches back to the beginning. */
  static Instant before(Instant now, Duration span) {
    return Duration.between(Instant.EPOCH, now).compareTo(span) <= 0
        ? Instant.EPOCH
        : now.minus(span);
  }
}
