package io.engage.dialer;

import io.engage.core.Job;
import io.engage.core.Stop;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks after campaigns from which nobody is sent to, now and then. */
final class TidyJob implements Job {
  private final Turns turns;

  TidyJob(Turns turns) {
    this.turns = turns;
  }

  @Override
  public String name() {
    return "campaigns:tidy";
  }

  @Override
  public Instant run(Stop stop) {
    return turns.tidy();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TidyJob;
  }

  @Override
  public int hashCode() {
    return TidyJob.class.hashCode();
  }
}
