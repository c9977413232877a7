package io.engage.core;

import io.engage.core.queueing.Stirred;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.spi.InboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Offers what waits to who is free, by the strategy of each inbox, and takes back what they do not
 * answer.
 *
 * <p>It happens by itself, soon after whatever makes it possible: a conversation is queued, an
 * agent signs in, ends a break or gets a place free, an inbox is set up otherwise. Some of this
 * nobody tells, as that an inbox opens, a call ends, a right is withdrawn or a node dies; it is
 * found within {@link #SWEEP} while Engage runs.
 *
 * <p>Thread-safe; any number of nodes share the work. Each offer is one commit of the conversation
 * and of the session of its agent, so one conversation is never offered to two, and nobody is given
 * more than their limit.
 */
public final class DistributionDesk {
  /** How often all inboxes and all offers are looked at, on whatever node. */
  public static final Duration SWEEP = Duration.ofSeconds(10);

  /** Other work waits for the thread, and the lease has to be prolonged before it ends. */
  private static final Duration LONGEST = SWEEP.dividedBy(2);

  private static final String SWEEP_LEASE = "distribution";

  private final Parts parts;
  private final Draining draining;
  private final StandingOffers standing;
  private volatile @Nullable String unfinished;
  private volatile boolean closed;

  DistributionDesk(Parts parts, RandomGenerator random) {
    this.parts = parts;
    this.draining = new Draining(parts, random);
    this.standing = new StandingOffers(parts);
  }

  /**
   * Takes back offers whose time is over, or that cannot stand any more, and offers what can be
   * offered in all inboxes, now, on this thread.
   *
   * @return how many offers were made
   */
  public int workOff() {
    standing.lapse();
    return sweep(() -> true, () -> true);
  }

  /**
   * What is due, and everything when nobody has looked for long. When there is very much of
   * everything it is left after a while, and gone on with the next time.
   *
   * @return whether something is left
   */
  boolean tick(BooleanSupplier mayGoOn) {
    standing.lapse();
    String sweeper = unfinished == null ? parts.ids().next() : unfinished;
    Sweep sweep = new Sweep(mayGoOn);
    if (isDue(sweeper)) {
      sweep(mayGoOn, sweep);
    }
    unfinished = sweep.isLeft ? sweeper : null;
    return sweep.isLeft;
  }

  /** The lease is not given back: until it ends, it says that somebody has looked. */
  private boolean isDue(String sweeper) {
    Instant now = parts.clock().instant();
    return parts.storage().leases().acquire(SWEEP_LEASE, sweeper, now, now.plus(SWEEP)).isPresent();
  }

  /** Meanwhile offers go on to end. */
  private int sweep(BooleanSupplier mayReview, BooleanSupplier mayOffer) {
    List<Inbox> inboxes = parts.storage().inboxes().inboxes();
    standing.review(inboxes, mayReview);
    return draining.drain(
        inboxes,
        () -> {
          standing.lapseAgain();
          return mayOffer.getAsBoolean();
        });
  }

  /** Sees to what a commit has stirred. */
  void stirred(Stirred stirred) {
    stirred.gone().forEach(standing::withdrawOf);
    draining.drain(inboxes(stirred), () -> !closed);
  }

  /** What was stirred is left to others from now on; they find it. */
  void close() {
    closed = true;
  }

  /** Each once. */
  private Collection<Inbox> inboxes(Stirred stirred) {
    Map<InboxId, Inbox> stirredOnes = new LinkedHashMap<>();
    InboxStore store = parts.storage().inboxes();
    store.inboxes(stirred.inboxes()).forEach(each -> stirredOnes.put(each.id(), each));
    store.inboxesOf(stirred.freed()).forEach(each -> stirredOnes.put(each.id(), each));
    return stirredOnes.values();
  }

  /** Its time begins with its first turn, so that it gets on however long it took to get there. */
  private final class Sweep implements BooleanSupplier {
    private final BooleanSupplier mayGoOn;
    private @Nullable Instant end;
    private boolean isLeft;

    Sweep(BooleanSupplier mayGoOn) {
      this.mayGoOn = mayGoOn;
    }

    @Override
    public boolean getAsBoolean() {
      Instant now = parts.clock().instant();
      if (end == null) {
        end = now.plus(LONGEST);
      }
      isLeft = !now.isBefore(end);
      return !isLeft && mayGoOn.getAsBoolean();
    }
  }
}
