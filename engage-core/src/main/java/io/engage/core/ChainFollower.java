package io.engage.core;

import io.engage.model.audit.AuditLink;
import io.engage.spi.AuditTrail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the chain of audit entries for as long as somebody wants to know: what is committed on
 * this node is told at once, what is committed on another one soon. Whoever follows begins at the
 * end of the chain, and is told everything behind it, in its order, each link once.
 *
 * <p>Everybody is served by one pass over the chain, on one thread of the executor at a time; none
 * is held in between. While nobody follows nothing is read.
 */
final class ChainFollower implements AutoCloseable {
  /** How soon it is noticed what another node has committed. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ChainFollower.class);
  private static final int LINKS_AT_ONCE = 500;

  private final AuditTrail trail;
  private final Executor executor;
  private final Executor later;
  private final List<Place> places = new CopyOnWriteArrayList<>();
  private final AtomicInteger wanted = new AtomicInteger();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final AtomicBoolean ticked = new AtomicBoolean();
  private volatile boolean closed;
  private boolean failing;

  /**
   * @param pause after which it is looked again, though nothing was committed here
   */
  ChainFollower(AuditTrail trail, Executor executor, Duration pause) {
    this.trail = trail;
    this.executor = executor;
    this.later =
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
  }

  /**
   * Is told what happens. One thread at a time calls it, and everybody else who follows waits
   * meanwhile: it may read the store, but never waits for a reader of its own.
   */
  interface Follower {

    /** These were committed, in the order of the chain; what the store shows is at least as new. */
    void on(List<AuditLink> links);

    /** It was looked, whether something came or not: about once a second, and no more often. */
    default void looked() {}

    /**
     * Links were lost, because {@link #on} failed: how everything is now has to be read from the
     * store. When that fails too, this is called again.
     */
    void lost();

    /** Engage was closed: nothing comes any more. */
    void ended();
  }

  /** That somebody follows, until it is closed; what is being told at that moment still comes. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * From now on the follower is told. What was committed before this returns may be told too, and
   * stands in the store in any case: so whoever reads how everything is afterwards misses nothing.
   *
   * @throws io.engage.spi.PortFailure when the store cannot be reached; nothing is followed then
   */
  Following follow(Follower follower) {
    Place place = new Place(follower, trail.findLast().map(AuditLink::sequence).orElse(0L));
    places.add(place);
    if (closed) {
      end(place);
    }
    tickLater();
    return () -> leave(place);
  }

  /** Something may have been committed. Returns at once. */
  void wake() {
    if (!places.isEmpty() && wanted.getAndIncrement() == 0) {
      try {
        executor.execute(this::lookWhileWanted);
      } catch (RejectedExecutionException noThread) {
        wanted.set(0);
      }
    }
  }

  /** Everybody who follows is told that nothing comes any more. */
  @Override
  public void close() {
    closed = true;
    places.forEach(this::end);
  }

  private void end(Place place) {
    if (leave(place)) {
      place.follower.ended();
    }
  }

  private boolean leave(Place place) {
    place.left = true;
    return places.remove(place);
  }

  private void tickLater() {
    if (!closed && !places.isEmpty() && ticking.compareAndSet(false, true)) {
      later.execute(this::tick);
    }
  }

  /** On a thread of the JDK's that must not be held: the look is taken on another. */
  private void tick() {
    ticking.set(false);
    ticked.set(true);
    wake();
    tickLater();
  }

  private void lookWhileWanted() {
    int seen;
    do {
      seen = wanted.get();
      look();
    } while (wanted.addAndGet(-seen) > 0);
  }

  private void look() {
    try {
      while (readPage()) {
        // There may be more behind a full page.
      }
      if (ticked.getAndSet(false)) {
        places.forEach(Place::look);
      }
      failing = false;
    } catch (Throwable unreachable) {
      if (!failing) {
        LOG.warn(
            "What happens could not be followed; it is tried again soon",
            LoggedFailure.of(unreachable));
      }
      failing = true;
    }
  }

  /** Sequences that were tampered with must not lead it in circles: it only ever goes on. */
  private boolean readPage() {
    List<Place> now = List.copyOf(places);
    if (now.isEmpty()) {
      return false;
    }
    long after = now.stream().mapToLong(place -> place.told).min().getAsLong();
    List<AuditLink> page = trail.chainAfter(after, LINKS_AT_ONCE);
    long furthest = page.stream().mapToLong(AuditLink::sequence).reduce(after, Math::max);
    now.forEach(place -> place.tell(page, furthest));
    return page.size() == LINKS_AT_ONCE && furthest > after;
  }

  /** How far one follower was told. Touched by the one thread that looks. */
  private static final class Place {
    private final Follower follower;
    private volatile long told;
    private volatile boolean left;
    private boolean hasLost;

    Place(Follower follower, long told) {
      this.follower = follower;
      this.told = told;
    }

    /** One who fails does not hold up the others. */
    void tell(List<AuditLink> page, long furthest) {
      List<AuditLink> news = page.stream().filter(link -> link.sequence() > told).toList();
      told = Math.max(told, furthest);
      attempt(() -> tell(news));
    }

    void look() {
      if (!hasLost) {
        attempt(follower::looked);
      }
    }

    private void attempt(Runnable telling) {
      if (left) {
        return;
      }
      try {
        telling.run();
        hasLost = false;
      } catch (Throwable failed) {
        complain(failed);
        hasLost = true;
      }
    }

    private void tell(List<AuditLink> news) {
      if (hasLost) {
        follower.lost();
      } else if (!news.isEmpty()) {
        follower.on(news);
      }
    }

    private void complain(Throwable failed) {
      if (!hasLost) {
        LOG.warn(
            "One who follows what happens failed; it begins anew soon", LoggedFailure.of(failed));
      }
    }
  }
}
