package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.inbox.InboxId;
import io.engage.spi.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Erases once a day what an inbox has had for longer than the host wants to keep it. A lease that
 * lasts a day and is not given back keeps all nodes to that.
 */
final class RetentionJob implements Job {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LOOK = Duration.ofHours(1);

  private final InboxId inbox;
  private final Duration age;
  private final Parts parts;

  RetentionJob(InboxId inbox, Duration age, Parts parts) {
    this.inbox = inbox;
    this.age = age;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "retention:" + inbox.value();
  }

  @Override
  public Instant run(Stop stop) {
    Instant now = parts.clock().instant();
    Optional<Lease> today =
        parts.storage().leases().acquire(name(), parts.ids().next(), now, now.plus(DAY));
    today.ifPresent(lease -> erase(lease, now));
    return now.plus(LOOK);
  }

  /** What was cut short is gone on with soon, not tomorrow. */
  private void erase(Lease today, Instant now) {
    boolean done = false;
    try {
      new Retention(Actor.PRIVACY, parts).eraseBefore(inbox, now.minus(age));
      new BlobRemovals(parts).finish();
      done = true;
    } finally {
      if (!done) {
        parts.storage().leases().release(today);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetentionJob job && job.inbox.equals(inbox) && job.age.equals(age);
  }

  @Override
  public int hashCode() {
    return inbox.hashCode();
  }
}
