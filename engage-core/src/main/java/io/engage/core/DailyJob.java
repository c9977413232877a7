package io.engage.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks every hour whether it is time to do once more what is done once a day. */
final class DailyJob implements Job {
  private static final Duration LOOK = Duration.ofHours(1);

  private final String name;
  private final Object settings;
  private final OnceADay onceADay;
  private final OnceADay.Work work;
  private final Clock clock;

  /**
   * @param settings what two such jobs of one name may differ in
   */
  DailyJob(String name, Object settings, OnceADay.Work work, Parts parts) {
    this.name = name;
    this.settings = settings;
    this.onceADay = new OnceADay(name, parts);
    this.work = work;
    this.clock = parts.clock();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Instant run(Stop stop) {
    onceADay.run(work, stop);
    return clock.instant().plus(LOOK);
  }

  @Override
  public void free() {
    onceADay.free();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DailyJob job && job.name.equals(name) && job.settings.equals(settings);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
