package io.engage.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Looks every hour whether it is time to forget once more what no agent has seen for long. That is
 * little, so it needs no thread of its own and may be asked every few seconds.
 */
final class UnseenJob implements Job {
  private static final Duration LOOK = Duration.ofHours(1);

  private final OnceADay onceADay;
  private final ToldTraces told;
  private final Clock clock;
  private volatile Instant next = Instant.MIN;

  UnseenJob(Parts parts) {
    this.onceADay = new OnceADay(name(), parts);
    this.told = new ToldTraces(parts);
    this.clock = parts.clock();
  }

  @Override
  public String name() {
    return "agent-messages";
  }

  @Override
  public Instant run(Stop stop) {
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      onceADay.run(told::forgetOld, stop);
      next = now.plus(LOOK);
    }
    return next;
  }

  @Override
  public void free() {
    onceADay.free();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnseenJob;
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }
}
