package io.engage.core;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditSubject;
import io.engage.spi.EngageListener;
import io.engage.spi.IdSource;
import io.engage.spi.Leases.Lease;
import io.engage.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener what it has not heard, from the oldest on, while no other node does. When the
 * listener fails, fewer entries are tried at once, until one alone is refused twice: what happened
 * to the conversation of that one waits, and everything else goes on.
 *
 * <p>One thread at a time, but for {@link #tryAgain}.
 */
final class Teller {
  static final Duration LEASE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Teller.class);
  private static final String NAME = "events";
  private static final int MOST_AT_ONCE = 1000;

  /** More are not read past: a listener that bears nothing must not fill the memory. */
  private static final int MOST_READ = 50_000;

  /** After so many in one round the listener itself is taken to be the trouble. */
  private static final int MOST_HELD_AT_ONCE = 3;

  private final Storage storage;
  private final EngageListener listener;
  private final Clock clock;
  private final String owner = IdSource.randomUuids().next();
  private final AtomicBoolean again = new AtomicBoolean();
  private final Set<AuditSubject> held = new LinkedHashSet<>();
  private final Set<AuditSubject> retried = new LinkedHashSet<>();
  private int atOnce = MOST_AT_ONCE;
  private int toRead = MOST_AT_ONCE;
  private int failures;
  private @Nullable AuditEntryId doubted;

  Teller(Storage storage, EngageListener listener, Clock clock) {
    this.storage = storage;
    this.listener = listener;
    this.clock = clock;
  }

  /** The next round also tries a few of those that wait because the listener failed. */
  void tryAgain() {
    again.set(true);
  }

  /** Whatever the listener throws, the change is committed, and the same entries come again. */
  void tell() {
    boolean more = again.getAndSet(false);
    failures = 0;
    try {
      while (tellUntilNothingIsLeft() && more && !held.isEmpty()) {
        giveAnotherChance();
      }
    } catch (Throwable later) {
      LOG.warn("The event queue failed; the same events come again later", LoggedFailure.of(later));
    } finally {
      retried.clear();
    }
  }

  private void giveAnotherChance() {
    List<AuditSubject> few = held.stream().limit(MOST_HELD_AT_ONCE).toList();
    few.forEach(held::remove);
    retried.addAll(few);
  }

  /**
   * Looks once more after the lease is given back: whoever committed meanwhile may have found it
   * taken, and left the telling to us.
   *
   * @return whether the listener bore all it was told
   */
  private boolean tellUntilNothingIsLeft() {
    while (!next().isEmpty()) {
      Optional<Lease> lease = acquire();
      if (lease.isEmpty() || !isAllTold(lease.get())) {
        return false;
      }
    }
    return failures == 0;
  }

  private boolean isAllTold(Lease taken) {
    Lease lease = taken;
    try {
      while (failures < MOST_HELD_AT_ONCE) {
        Optional<Lease> kept = kept(lease);
        if (kept.isEmpty()) {
          return false;
        }
        lease = kept.get();
        List<AuditEntry> next = next();
        if (next.isEmpty()) {
          return true;
        }
        if (isKept(lease)) {
          tell(next);
        }
      }
      return false;
    } finally {
      storage.leases().release(lease);
    }
  }

  private void tell(List<AuditEntry> entries) {
    if (isBorne(entries)) {
      storage.events().delivered(entries.stream().map(AuditEntry::id).toList());
      atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
    } else {
      atOnce = Math.max(1, entries.size() / 2);
    }
  }

  private boolean isBorne(List<AuditEntry> entries) {
    try {
      listener.on(entries);
      return true;
    } catch (Throwable unbearable) {
      if (entries.size() == 1) {
        doubt(entries.get(0), unbearable);
      }
      return false;
    }
  }

  /** A listener that fails once has failed by chance, so everything still comes in its order. */
  private void doubt(AuditEntry entry, Throwable unbearable) {
    if (entry.id().equals(doubted)) {
      hold(entry, unbearable);
    }
    doubted = entry.id();
  }

  private void hold(AuditEntry entry, Throwable unbearable) {
    failures++;
    held.add(about(entry));
    if (!retried.contains(about(entry))) {
      LOG.warn(
          "The listener failed at event '{}'; that and what follows it in the same conversation"
              + " comes again later, and everything else goes on",
          entry.id().value(),
          LoggedFailure.of(unbearable));
    }
  }

  /** The oldest that nobody has to wait for. Reads on past those that wait. */
  private List<AuditEntry> next() {
    toRead = held.isEmpty() ? MOST_AT_ONCE : toRead;
    while (true) {
      List<AuditEntry> read = storage.events().undelivered(toRead);
      List<AuditEntry> next =
          read.stream().filter(each -> !held.contains(about(each))).limit(atOnce).toList();
      if (!next.isEmpty() || read.size() < toRead || toRead == MOST_READ) {
        return next;
      }
      toRead = Math.min(MOST_READ, toRead * 2);
    }
  }

  /** Within what the order is kept: a conversation, or what happened to an inbox itself. */
  private static AuditSubject about(AuditEntry entry) {
    AuditSubject subject = entry.subject();
    return subject.conversation() == null
        ? new AuditSubject(subject.inbox(), null, null)
        : new AuditSubject(null, subject.conversation(), null);
  }

  private Optional<Lease> acquire() {
    Instant now = clock.instant();
    return storage.leases().acquire(NAME, owner, now, now.plus(LEASE));
  }

  /** Prolonged in time, and not at each step. */
  private Optional<Lease> kept(Lease lease) {
    return clock.instant().isBefore(lease.until().minus(LEASE.dividedBy(2)))
        ? Optional.of(lease)
        : acquire();
  }

  /** What was read long ago may have been told by another node meanwhile, and more. */
  private boolean isKept(Lease lease) {
    return clock.instant().isBefore(lease.until());
  }
}
