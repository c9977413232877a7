package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.campaign.RecipientClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps claims that were marked for whoever is at work on them. A server may take longer for a mail
 * than a lease lasts, and nobody else is to take that mail for abandoned and send it again.
 */
final class Holding {
  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

  /** So often a lease is prolonged before it would end. */
  private static final int BEATS = 4;

  /** Whoever is not at work has no thread for this. */
  private static final Duration THREAD_KEPT = Duration.ofSeconds(10);

  private final Foundation foundation;
  private final Duration lease;
  private final ScheduledThreadPoolExecutor clockwork;
  private final Set<Hold> holds = ConcurrentHashMap.newKeySet();

  Holding(Foundation foundation, Duration lease) {
    this.foundation = foundation;
    this.lease = lease;
    this.clockwork = new ScheduledThreadPoolExecutor(1, Holding::daemon);
    clockwork.setRemoveOnCancelPolicy(true);
    clockwork.setKeepAliveTime(THREAD_KEPT.toMillis(), TimeUnit.MILLISECONDS);
    clockwork.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "engage-dialer-claims");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Keeps them until the result is closed.
   *
   * @param until how long they last as it is
   */
  Hold hold(List<RecipientClaim> claims, Instant until) {
    Hold hold = new Hold(claims, until);
    holds.add(hold);
    if (hold.isAtRisk()) {
      hold.beat();
    }
    return hold;
  }

  /** Prolongs all that is held. */
  void beat() {
    holds.forEach(Hold::beat);
  }

  /** Claims that are kept. */
  final class Hold implements AutoCloseable {
    private final List<RecipientClaim> claims;
    private final ScheduledFuture<?> beats;
    private volatile Instant until;
    private volatile boolean overtaken;

    private Hold(List<RecipientClaim> claims, Instant until) {
      this.claims = List.copyOf(claims);
      this.until = until;
      long apart = lease.dividedBy(BEATS).toNanos();
      this.beats = clockwork.scheduleWithFixedDelay(this::beat, apart, apart, TimeUnit.NANOSECONDS);
    }

    /** Until when nobody else takes them. */
    Instant until() {
      return until;
    }

    /** Whether more of them may be begun: they are ours for a good while yet. */
    boolean mayBegin() {
      return !overtaken && !isAtRisk();
    }

    private boolean isAtRisk() {
      return !now().isBefore(until.minus(lease.dividedBy(BEATS)));
    }

    private void beat() {
      try {
        Instant next = now().plus(lease);
        int kept = foundation.storage().recipients().prolong(claims, next).size();
        overtaken |= kept < claims.size();
        until = next;
      } catch (RuntimeException later) {
        LOG.warn(
            "{} claims could not be prolonged; it is tried again: {}",
            claims.size(),
            later.getClass().getName());
      }
    }

    private Instant now() {
      return foundation.clock().instant();
    }

    @Override
    public void close() {
      beats.cancel(false);
      holds.remove(this);
    }
  }
}
