package io.engage.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes back offers that nobody answered, and finds what may be offered without anybody having
 * told: an inbox has opened, a call has ended, a node has died.
 */
final class DistributionJob implements Job {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final DistributionDesk distribution;
  private final Clock clock;

  DistributionJob(DistributionDesk distribution, Clock clock) {
    this.distribution = distribution;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "distribution";
  }

  @Override
  public Instant run(Stop stop) {
    boolean isLeft = distribution.tick(() -> !stop.hasCome());
    return isLeft ? clock.instant() : clock.instant().plus(PAUSE);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DistributionJob;
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }
}
