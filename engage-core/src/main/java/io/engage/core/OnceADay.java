package io.engage.core;

import io.engage.spi.Leases;
import io.engage.spi.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Something that is done once a day, by whatever node. A short lease, prolonged again and again,
 * keeps others from it while it is at work; what is done is said by the same lease, which then
 * lasts until a day has passed and is not given back. So what was killed or cut short is done again
 * soon, not tomorrow.
 */
final class OnceADay {
  static final Duration AT_WORK = Duration.ofMinutes(10);

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration BETWEEN_PROLONGINGS = Duration.ofMinutes(1);
  private static final long FIRST_TOKEN = 1;

  private final String name;
  private final Parts parts;

  OnceADay(String name, Parts parts) {
    this.name = name;
    this.parts = parts;
  }

  /** Does a part of the day's work after the other. */
  interface Work {
    /**
     * @param goesOn asked before each part; when it says no, this ends without the rest
     */
    void run(BooleanSupplier goesOn);
  }

  /** Does it when its time has come and nobody else is at it. */
  void run(Work work, Stop stop) {
    Instant now = parts.clock().instant();
    acquire(parts.ids().next(), now, now.plus(AT_WORK))
        .ifPresent(lease -> new Today(lease, now, stop).run(work));
  }

  /** As {@link #run}, but the first day has nothing to do: it begins a day from now. */
  void runFromTomorrow(Work work, Stop stop) {
    Instant now = parts.clock().instant();
    acquire(parts.ids().next(), now, now.plus(AT_WORK))
        .ifPresent(
            lease ->
                new Today(lease, now, stop).run(lease.token() == FIRST_TOKEN ? all -> {} : work));
  }

  /** Whoever was at it is dead. What says that today's work is done stays. */
  void free() {
    Instant endOfWork = parts.clock().instant().plus(AT_WORK);
    acquire(parts.ids().next(), endOfWork, endOfWork).ifPresent(leases()::release);
  }

  private Optional<Lease> acquire(String owner, Instant now, Instant until) {
    return leases().acquire(name, owner, now, until);
  }

  private Leases leases() {
    return parts.storage().leases();
  }

  /** One day's work. */
  private final class Today {
    private final Lease lease;
    private final Instant begun;
    private final Stop stop;
    private Instant prolonged;
    private boolean cutShort;

    Today(Lease lease, Instant begun, Stop stop) {
      this.lease = lease;
      this.begun = begun;
      this.prolonged = begun;
      this.stop = stop;
    }

    void run(Work work) {
      boolean done = false;
      try {
        work.run(this::goesOn);
        done = !cutShort;
      } finally {
        if (!done) {
          leases().release(lease);
        }
      }
      if (done) {
        acquire(lease.owner(), parts.clock().instant(), begun.plus(DAY));
      }
    }

    private boolean goesOn() {
      cutShort = cutShort || stop.hasCome() || !isStillOurs();
      return !cutShort;
    }

    private boolean isStillOurs() {
      Instant now = parts.clock().instant();
      if (now.isBefore(prolonged.plus(BETWEEN_PROLONGINGS))) {
        return true;
      }
      prolonged = now;
      return acquire(lease.owner(), now, now.plus(AT_WORK)).isPresent();
    }
  }
}
