package io.engage.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Lets one worker at a time do something that has a name, such as reading one mailbox. A lease
 * keeps two workers from doing the same work; what they write is protected by versions and cursors
 * besides, so a lease that is lost unnoticed costs work, never data.
 *
 * <p><b>Callers.</b> Any thread, on several machines.
 *
 * <p>{@code LeasesContract} in engage-testkit has a test for each promise on this page.
 */
public interface Leases {

  /**
   * Takes the lease {@code name}, when nobody has it, when its end is at or before {@code now}, or
   * when {@code owner} has it already (which prolongs it).
   *
   * @return the lease, with a token greater than every earlier one of that name unless it was only
   *     prolonged; empty when somebody else has it
   */
  Optional<Lease> acquire(String name, String owner, Instant now, Instant until);

  /** Gives a lease back. One that is no longer the newest of its name is passed over. */
  void release(Lease lease);

  /** The right to do what {@code name} stands for, until it ends. */
  record Lease(String name, String owner, long token, Instant until) {
    public Lease {
      requireNonNull(name, "name");
      requireNonNull(owner, "owner");
      requireNonNull(until, "until");
    }
  }
}
