package io.engage.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks every few seconds for agents who are gone, and now and then for who waits for them. */
final class AbsenceJob implements Job {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration ROUND = Duration.ofSeconds(30);

  private final Absences absences;
  private final Parts parts;

  AbsenceJob(Parts parts) {
    this.absences = new Absences(parts);
    this.parts = parts;
  }

  @Override
  public String name() {
    return "absences";
  }

  @Override
  public Instant run(Stop stop) {
    absences.signOutSilent(() -> !stop.hasCome());
    if (isRoundDue()) {
      absences.requeue(() -> !stop.hasCome());
    }
    return parts.clock().instant().plus(PAUSE);
  }

  /** The lease is not given back: until it ends, it says that somebody has looked. */
  private boolean isRoundDue() {
    Instant now = parts.clock().instant();
    return parts
        .storage()
        .leases()
        .acquire(name(), parts.ids().next(), now, now.plus(ROUND))
        .isPresent();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AbsenceJob;
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }
}
