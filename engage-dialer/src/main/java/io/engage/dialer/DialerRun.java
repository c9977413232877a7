package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.campaign.CampaignId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dialer at work by itself: for each running campaign as many threads as it has connections, and
 * one that looks every second which campaigns run. Closing it ends them: the group under way is
 * finished, what was claimed beyond it is given back.
 */
final class DialerRun implements Dialer.Running {
  private static final Logger LOG = LoggerFactory.getLogger(DialerRun.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LINE_KEPT = Duration.ofSeconds(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final Foundation foundation;
  private final Turns turns;
  private final Campaigns campaigns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Phaser ended = new Phaser(1);
  private final Set<Seat> taken = new HashSet<>();
  private volatile boolean closed;

  /** One of the connections of a campaign, counted from 0. */
  private record Seat(CampaignId campaign, int number) {}

  DialerRun(Foundation foundation, Turns turns) {
    this.foundation = foundation;
    this.turns = turns;
    this.campaigns = new Campaigns(foundation);
  }

  DialerRun start() {
    execute(this::supervise);
    return this;
  }

  private void execute(Runnable work) {
    ended.register();
    try {
      foundation
          .executor()
          .execute(
              () -> {
                try {
                  work.run();
                } finally {
                  ended.arriveAndDeregister();
                }
              });
    } catch (RejectedExecutionException noThread) {
      ended.arriveAndDeregister();
      throw noThread;
    }
  }

  private void supervise() {
    do {
      try {
        campaigns.running().forEach(this::seat);
        turns.settleLeftBehind();
      } catch (Throwable later) {
        LOG.warn(
            "The campaigns that run could not be read; it is tried again soon: {}",
            later.getClass().getName());
      }
    } while (!isClosedAfter(LONGEST_PAUSE));
  }

  private void seat(CampaignId id) {
    int seats = seats(id);
    for (int number = 0; number < seats; number++) {
      Seat seat = new Seat(id, number);
      if (take(seat)) {
        begin(seat);
      }
    }
  }

  private int seats(CampaignId id) {
    return campaigns.find(id).map(each -> each.plan().pace().connections()).orElse(0);
  }

  private void begin(Seat seat) {
    boolean begun = false;
    try {
      execute(() -> dial(seat));
      begun = true;
    } catch (RejectedExecutionException noThread) {
      LOG.warn("There is no thread to dial campaign '{}'; it is tried again", seat.campaign());
    } finally {
      if (!begun) {
        leave(seat);
      }
    }
  }

  private void dial(Seat seat) {
    try (Line line = new Line(foundation)) {
      boolean goesOn = true;
      while (goesOn && !closed) {
        goesOn = turn(seat, line);
      }
    } catch (Throwable later) {
      LOG.warn(
          "Campaign '{}' could not be worked on; it is tried again soon: {}",
          seat.campaign(),
          later.getClass().getName());
      isClosedAfter(LONGEST_PAUSE);
    } finally {
      leave(seat);
    }
  }

  private boolean turn(Seat seat, Line line) {
    Turn turn = turns.take(seat.campaign(), line, () -> !closed);
    if (turn instanceof Turn.Waits waits) {
      Duration pause = Duration.between(foundation.clock().instant(), waits.until());
      if (pause.compareTo(LINE_KEPT) > 0) {
        line.close();
      }
      return !isClosedAfter(shorter(pause)) && isWanted(seat);
    }
    return turn instanceof Turn.Worked && isWanted(seat);
  }

  /** An agent may allow fewer connections meanwhile. */
  private boolean isWanted(Seat seat) {
    return seat.number() == 0 || seat.number() < seats(seat.campaign());
  }

  /** What agents change meanwhile, on whatever node, is seen within a second. */
  private static Duration shorter(Duration pause) {
    if (pause.isNegative() || pause.isZero()) {
      return Duration.ofMillis(1);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private boolean take(Seat seat) {
    lock.lock();
    try {
      return !closed && taken.add(seat);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Seat seat) {
    lock.lock();
    try {
      taken.remove(seat);
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosedAfter(Duration pause) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return closed;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all of it, and waits until what is under way has ended, half a minute at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    int phase = ended.arrive();
    if (phase >= 0) {
      awaitEnd(phase);
    }
  }

  private void awaitEnd(int phase) {
    try {
      ended.awaitAdvanceInterruptibly(phase, LONGEST_END.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException stillAtWork) {
      LOG.warn("The dialer is still at work after {} s", LONGEST_END.toSeconds());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
