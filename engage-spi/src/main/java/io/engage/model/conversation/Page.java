package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list.
 *
 * @param next where the rest begins; null when this was the end
 */
public record Page<T>(List<T> items, @Nullable Mark next) {
  public Page {
    items = List.copyOf(items);
  }

  public Optional<Mark> findNext() {
    return Optional.ofNullable(next);
  }

  /**
   * The last item of a page, by what the list is sorted on. The next page is what comes after it,
   * so pages neither repeat nor skip an item while new ones arrive.
   *
   * @param rank what comes before the time in the order of the list; 0 where nothing does
   */
  public record Mark(int rank, Instant at, String id) {
    public Mark {
      requireNonNull(at, "at");
      requireNonNull(id, "id");
    }

    public Mark(Instant at, String id) {
      this(0, at, id);
    }
  }

  /**
   * Which piece of a list is wanted.
   *
   * @param after continue behind this; null for the beginning
   * @param limit at most so many items, 1 to 1000
   */
  public record Request(@Nullable Mark after, int limit) {
    /** The most that a page may hold. */
    public static final int MOST = 1000;

    public Request {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException(
            "A page holds 1 to %d items, but %d were asked for".formatted(MOST, limit));
      }
    }

    public static Request first(int limit) {
      return new Request(null, limit);
    }

    public Request after(Mark mark) {
      return new Request(mark, limit);
    }
  }
}
