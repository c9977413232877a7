package io.engage.core.rating;

import io.engage.model.conversation.Page;
import io.engage.model.message.Rating;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps the newest ratings of a page out of any number that are added in any order. */
public final class NewestRatings {
  private static final Comparator<Page.Mark> NEWEST_FIRST =
      Comparator.comparing(Page.Mark::at).thenComparing(Page.Mark::id).reversed();

  private final TreeSet<Rating> kept =
      new TreeSet<>(Comparator.comparing(NewestRatings::markOf, NEWEST_FIRST));
  private final int limit;
  private final Page.@Nullable Mark after;

  public NewestRatings(Page.Request page) {
    this.limit = page.limit();
    this.after = page.after();
  }

  public void add(Rating rating) {
    if (after == null || NEWEST_FIRST.compare(markOf(rating), after) > 0) {
      kept.add(rating);
    }
    if (kept.size() > limit + 1) {
      kept.pollLast();
    }
  }

  /** Whether nothing that is older can change the page: it is known that something follows. */
  public boolean isFull() {
    return kept.size() > limit;
  }

  public Page<Rating> page() {
    List<Rating> items = kept.stream().limit(limit).toList();
    return new Page<>(items, isFull() ? markOf(items.get(items.size() - 1)) : null);
  }

  private static Page.Mark markOf(Rating rating) {
    return new Page.Mark(rating.at(), rating.message().value());
  }
}
