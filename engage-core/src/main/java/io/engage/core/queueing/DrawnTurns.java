package io.engage.core.queueing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chance, with a weight for each. Weights are summed up over ranges whose lengths are powers of two
 * (a Fenwick tree), so that a draw among thousands looks at a dozen of them.
 */
final class DrawnTurns implements Turns {
  private final RandomGenerator random;
  private final ToIntFunction<Chair> weight;
  private final @Nullable Chair[] chairs;
  private final int[] sums;
  private int total;

  /**
   * @param places how many members there are
   */
  DrawnTurns(RandomGenerator random, ToIntFunction<Chair> weight, int places) {
    this.random = random;
    this.weight = weight;
    this.chairs = new @Nullable Chair[places];
    this.sums = new int[places + 1];
  }

  @Override
  public void add(Chair chair) {
    chairs[chair.place()] = chair;
    weigh(chair, weight.applyAsInt(chair));
  }

  /** Who is drawn and not wanted is left aside, so that the others are drawn as if alone. */
  @Override
  public @Nullable Chair take(Predicate<Chair> wanted) {
    List<Chair> aside = new ArrayList<>();
    Chair found = null;
    while (found == null && total > 0) {
      Chair drawn = draw();
      if (wanted.test(drawn)) {
        found = drawn;
      } else {
        aside.add(drawn);
      }
    }
    aside.forEach(this::add);
    return found;
  }

  private Chair draw() {
    int place = placeOf(random.nextInt(total));
    Chair drawn = chairs[place];
    if (drawn == null) {
      throw new IllegalStateException("Nobody sits at place %d".formatted(place));
    }
    chairs[place] = null;
    weigh(drawn, -weight.applyAsInt(drawn));
    return drawn;
  }

  /** Whose share of the sum of all weights a number below it falls into. */
  private int placeOf(int number) {
    int rest = number;
    int place = 0;
    for (int step = Integer.highestOneBit(sums.length - 1); step > 0; step >>= 1) {
      int further = place + step;
      if (further < sums.length && sums[further] <= rest) {
        rest -= sums[further];
        place = further;
      }
    }
    return place;
  }

  private void weigh(Chair chair, int more) {
    total += more;
    for (int at = chair.place() + 1; at < sums.length; at += at & -at) {
      sums[at] += more;
    }
  }

  @Override
  public boolean isEmpty() {
    return total == 0;
  }
}
