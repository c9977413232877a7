package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
 * one that looks every few seconds which campaigns run. Whoever has nothing to do waits for as long
 * as that is certain, and looks again when an agent of this node changes something, or when a
 * campaign turns out to have been changed on another one. Closing it ends them: the group under way
 * is finished, what was claimed beyond it is given back.
 */
final class DialerRun implements Dialer.Running {
  private static final Logger LOG = LoggerFactory.getLogger(DialerRun.class);
  private static final Duration LOOKS_APART = Duration.ofSeconds(2);
  private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);

  /** Also what is certain is looked at now and then, whatever a clock does. */
  private static final Duration LONGEST_CERTAIN_PAUSE = Duration.ofMinutes(10);

  private static final Duration LINE_KEPT = Duration.ofSeconds(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final Foundation foundation;
  private final Turns turns;
  private final Duration longestPause;
  private final Campaigns campaigns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Phaser ended = new Phaser(1);
  private final Set<Seat> taken = new HashSet<>();
  private volatile boolean closed;
  private long rings;

  /** One of the connections of a campaign, counted from 0. */
  private record Seat(CampaignId campaign, int number) {}

  /**
   * @param longestPause after which whoever waits for what is not certain looks again
   */
  DialerRun(Foundation foundation, Turns turns, Duration longestPause) {
    this.foundation = foundation;
    this.turns = turns;
    this.longestPause = longestPause;
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
    Map<CampaignId, Long> known = Map.of();
    long heard;
    do {
      heard = rings();
      try {
        known = look(known);
        turns.tidy();
      } catch (Throwable later) {
        LOG.warn(
            "The campaigns that run could not be read; it is tried again soon: {}",
            later.getClass().getName());
      }
    } while (!isClosedAfter(LOOKS_APART, heard));
  }

  /**
   * @param known the versions of the campaigns that ran
   */
  private Map<CampaignId, Long> look(Map<CampaignId, Long> known) {
    Map<CampaignId, Long> now = new HashMap<>();
    for (Campaign campaign : campaigns.running()) {
      now.put(campaign.id(), campaign.version());
      seat(campaign);
    }
    if (!now.equals(known)) {
      wake();
    }
    return now;
  }

  private void seat(Campaign campaign) {
    for (int number = 0; number < campaign.plan().pace().connections(); number++) {
      Seat seat = new Seat(campaign.id(), number);
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
      isClosedAfter(BEFORE_TRYING_AGAIN, rings());
    } finally {
      leave(seat);
    }
  }

  private boolean turn(Seat seat, Line line) {
    long heard = rings();
    Turn turn = turns.take(seat.campaign(), line, () -> !closed);
    if (turn instanceof Turn.Waits waits) {
      Duration pause = Duration.between(foundation.clock().instant(), waits.until());
      if (pause.compareTo(LINE_KEPT) > 0) {
        line.close();
      }
      Duration longest = waits.certain() ? LONGEST_CERTAIN_PAUSE : longestPause;
      return !isClosedAfter(shorter(pause, longest), heard) && isWanted(seat);
    }
    return turn instanceof Turn.Worked && isWanted(seat);
  }

  /** An agent may allow fewer connections meanwhile. */
  private boolean isWanted(Seat seat) {
    return seat.number() == 0 || seat.number() < seats(seat.campaign());
  }

  private static Duration shorter(Duration pause, Duration longest) {
    if (pause.isNegative() || pause.isZero()) {
      return Duration.ofMillis(1);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
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

  /** Whoever waits looks again. */
  void wake() {
    lock.lock();
    try {
      rings++;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long rings() {
    lock.lock();
    try {
      return rings;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, unless it was woken since.
   *
   * @param heard how often it had been woken before whoever waits looked
   */
  private boolean isClosedAfter(Duration pause, long heard) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && rings == heard && left > 0) {
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
