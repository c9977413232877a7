package io.engage.core.picturing;

import io.engage.model.queue.DayFigures;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How long customers waited for their first answer. */
final class Answers {
  private final Duration goal;
  private final TreeMap<Duration, Integer> waits = new TreeMap<>();
  private Duration all = Duration.ZERO;
  private int answered;
  private int inTime;

  Answers(Duration goal) {
    this.goal = goal;
  }

  /**
   * @param sign 1 for one more, -1 for one less
   */
  void count(Duration wait, int sign) {
    waits.merge(wait, sign, (before, more) -> before + more == 0 ? null : before + more);
    all = all.plus(wait.multipliedBy(sign));
    answered += sign;
    inTime += wait.compareTo(goal) <= 0 ? sign : 0;
  }

  DayFigures figures(int abandoned, int completedIn, int completedOut) {
    return new DayFigures(
        answered, inTime, abandoned, average(), longest(), completedIn, completedOut);
  }

  private @Nullable Duration average() {
    return answered == 0 ? null : all.dividedBy(answered);
  }

  private @Nullable Duration longest() {
    return waits.isEmpty() ? null : waits.lastKey();
  }
}
