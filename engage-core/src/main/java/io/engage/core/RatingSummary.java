package io.engage.core;

import io.engage.core.rating.RatingFooter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Ratings, counted.
 *
 * @param byStars how many of one star, of two, and so on
 */
public record RatingSummary(List<Long> byStars) {
  /** The best. */
  public static final int MOST_STARS = RatingFooter.MOST_STARS;

  public RatingSummary {
    byStars = List.copyOf(byStars);
    if (byStars.size() != MOST_STARS) {
      throw new IllegalArgumentException(
          "There are %d numbers of stars to count, not %d".formatted(MOST_STARS, byStars.size()));
    }
  }

  static RatingSummary of(long[] byStars) {
    return new RatingSummary(Arrays.stream(byStars).boxed().toList());
  }

  /** How many there are of so many stars. */
  public long count(int stars) {
    return byStars.get(stars - 1);
  }

  /** How many there are. */
  public long total() {
    return byStars.stream().mapToLong(Long::longValue).sum();
  }

  /** How many stars on average; empty while nobody has rated. */
  public OptionalDouble average() {
    long stars = IntStream.rangeClosed(1, MOST_STARS).mapToLong(each -> each * count(each)).sum();
    return total() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) stars / total());
  }
}
