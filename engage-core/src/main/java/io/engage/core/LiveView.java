package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.picturing.Touched;
import io.engage.model.audit.AuditLink;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.InboxPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live view of this node: a picture of each inbox at which somebody looks. It follows the chain
 * of audit entries, which is the same on every node. While nobody looks nothing is read and nothing
 * is kept.
 *
 * <p>What is told is put aside, and worked off on another thread, so that an inbox that takes long
 * to read holds up nobody who follows the chain. When too much is put aside, or anything fails,
 * everything is forgotten and read anew from the store.
 */
final class LiveView implements ChainFollower.Follower {
  private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
  private static final int MOST_ASIDE = 20_000;
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

  private final Parts parts;
  private final ReentrantLock screensLock = new ReentrantLock();
  private final Map<InboxId, Newest<InboxPicture>> screens = new ConcurrentHashMap<>();
  private ChainFollower.@Nullable Following following;
  private boolean closed;

  private final Aside aside = new Aside(MOST_ASIDE);
  private final AtomicInteger wanted = new AtomicInteger();
  private final LiveBoards boards;
  private volatile boolean hurried;
  private volatile long turned = System.nanoTime();

  LiveView(Parts parts) {
    this.parts = parts;
    this.boards = new LiveBoards(parts);
  }

  /** How an inbox is at this moment, read from the store. */
  InboxPicture now(Inbox inbox) {
    return boards.once(inbox);
  }

  /**
   * Shows an inbox from now on.
   *
   * @param mayGoOn asked now and then
   * @throws io.engage.spi.PortFailure when the store cannot be reached; nobody is subscribed then
   */
  void subscribe(
      InboxId inbox, Subscriber<? super InboxPicture> subscriber, BooleanSupplier mayGoOn) {
    requireNonNull(subscriber, "subscriber");
    screensLock.lock();
    try {
      if (following == null && !closed) {
        following = parts.chain().follow(this);
      }
      Newest<InboxPicture> screen =
          screens.computeIfAbsent(inbox, any -> new Newest<>(parts.executor()));
      screen.add(subscriber, mayGoOn);
      if (closed) {
        screen.end();
      }
    } finally {
      screensLock.unlock();
    }
    hurried = true;
    wake();
  }

  /**
   * What concerns no inbox at which somebody looks is not kept. An inbox at which somebody begins
   * to look is read afterwards, so nothing of it is missed.
   */
  @Override
  public void on(List<AuditLink> links) {
    aside.put(
        Touched.decide(
            links.stream().map(AuditLink::entry).toList(), screens::containsKey, boards::has));
    wake();
  }

  @Override
  public void looked() {
    wake();
  }

  @Override
  public void lost() {
    aside.lose();
    wake();
  }

  @Override
  public void ended() {
    screensLock.lock();
    try {
      closed = true;
      screens.values().forEach(Newest::end);
    } finally {
      screensLock.unlock();
    }
  }

  private void wake() {
    if (wanted.getAndIncrement() == 0) {
      try {
        parts.executor().execute(this::turnWhileWanted);
      } catch (RejectedExecutionException noThread) {
        wanted.set(0);
      }
    }
  }

  /** A crowd of commits makes few pictures. What is left comes with the next look at the chain. */
  private void turnWhileWanted() {
    int seen;
    do {
      seen = wanted.get();
      if (hurried || System.nanoTime() - turned >= LEAST_PAUSE.toNanos()) {
        hurried = false;
        turned = System.nanoTime();
        turn();
      }
    } while (wanted.addAndGet(-seen) > 0);
  }

  /** What could not be done is done anew at the next look at the chain, a second later. */
  private void turn() {
    Map<InboxId, Newest<InboxPicture>> watched = watched();
    Optional<Touched> news = aside.take();
    try {
      if (news.isEmpty() || watched.isEmpty()) {
        boards.forget();
      }
      if (!watched.isEmpty()) {
        Instant now = parts.clock().instant();
        boards.apply(news.orElse(Touched.NONE), now);
        boards.openAndClose(watched, now);
        boards.show(watched, now);
      }
    } catch (Throwable unreachable) {
      LOG.warn(
          "The live view could not be brought up to date; it is read anew soon",
          LoggedFailure.of(unreachable));
      boards.forget();
    }
  }

  /** Whoever does not look any more is forgotten; when nobody looks, nothing is followed. */
  private Map<InboxId, Newest<InboxPicture>> watched() {
    screensLock.lock();
    try {
      screens.values().removeIf(each -> !each.isRead());
      ChainFollower.Following now = following;
      if (screens.isEmpty() && now != null) {
        now.close();
        following = null;
      }
      return Map.copyOf(screens);
    } finally {
      screensLock.unlock();
    }
  }
}
