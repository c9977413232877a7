package io.engage.core;

import io.engage.spi.BlobWalk;
import io.engage.spi.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps the blob store once a day. A lease that lasts a day and is not given back keeps all nodes
 * to that.
 */
final class BlobSweepJob implements Job {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LOOK = Duration.ofHours(1);

  private final BlobWalk walk;
  private final Parts parts;

  BlobSweepJob(BlobWalk walk, Parts parts) {
    this.walk = walk;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "blob-sweep";
  }

  @Override
  public Instant run(Stop stop) {
    Instant now = parts.clock().instant();
    Optional<Lease> today =
        parts.storage().leases().acquire(name(), parts.ids().next(), now, now.plus(DAY));
    today.ifPresent(this::sweep);
    return now.plus(LOOK);
  }

  /** What was cut short is gone on with soon, not tomorrow. */
  private void sweep(Lease today) {
    boolean done = false;
    try {
      new BlobSweep(walk, parts).sweep();
      done = true;
    } finally {
      if (!done) {
        parts.storage().leases().release(today);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlobSweepJob;
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }
}
