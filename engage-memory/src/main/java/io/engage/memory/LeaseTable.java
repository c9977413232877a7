package io.engage.memory;

import io.engage.spi.Leases;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest lease of each name; one that was given back is kept as ended, for its token. */
final class LeaseTable implements Leases {
  private final Guard guard;
  private final Map<String, Lease> newest = new HashMap<>();

  LeaseTable(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Optional<Lease> acquire(String name, String owner, Instant now, Instant until) {
    return guard.write(
        () -> {
          Optional<Lease> next = decide(newest.get(name), name, owner, now, until);
          next.ifPresent(lease -> newest.put(name, lease));
          return next;
        });
  }

  @Override
  public void release(Lease lease) {
    guard.change(() -> newest.computeIfPresent(lease.name(), (name, held) -> ended(held, lease)));
  }

  private static Optional<Lease> decide(
      @Nullable Lease held, String name, String owner, Instant now, Instant until) {
    if (held == null) {
      return Optional.of(new Lease(name, owner, 1, until));
    }
    if (!held.until().isAfter(now)) {
      return Optional.of(new Lease(name, owner, held.token() + 1, until));
    }
    return held.owner().equals(owner)
        ? Optional.of(new Lease(name, owner, held.token(), until))
        : Optional.empty();
  }

  private static Lease ended(Lease held, Lease given) {
    return held.token() == given.token()
        ? new Lease(held.name(), held.owner(), held.token(), Instant.MIN)
        : held;
  }
}
