package io.engage.core;

import io.engage.core.rating.Months;
import io.engage.core.rating.NewestRatings;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Rating;
import io.engage.spi.Documents;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How customers found what an inbox or an agent sent them. The agent needs {@link
 * AgentAction#READ_RATINGS} in each inbox that is named, or in one at least when none is.
 *
 * <p>Thread-safe. A month of an inbox is read at a time, a page of it in memory.
 */
public final class RatingDesk {
  private static final int AT_ONCE = 500;

  private final Documents documents;
  private final Permitting permitting;

  RatingDesk(Parts parts, Permitting permitting) {
    this.documents = parts.storage().documents();
    this.permitting = permitting;
  }

  /** The ratings, newest first. */
  public Outcome<Page<Rating>> list(RatingFilter filter, Page.Request page) {
    return permitted(filter, inboxes -> new Outcome.Done<>(newest(filter, inboxes, page)));
  }

  /** How many there are of each number of stars, and what they are on average. */
  public Outcome<RatingSummary> summary(RatingFilter filter) {
    return permitted(filter, inboxes -> new Outcome.Done<>(counted(filter, inboxes)));
  }

  private <T> Outcome<T> permitted(
      RatingFilter filter, Function<Set<InboxId>, Outcome<T>> answering) {
    return filter.inboxes().isEmpty()
        ? permitting.somewhere(AgentAction.READ_RATINGS, answering)
        : permitting.inAll(
            AgentAction.READ_RATINGS, filter.inboxes(), () -> answering.apply(filter.inboxes()));
  }

  private Page<Rating> newest(RatingFilter filter, Set<InboxId> inboxes, Page.Request page) {
    NewestRatings newest = new NewestRatings(page);
    Page.Mark after = page.after();
    Instant end =
        after == null || filter.until().isBefore(after.at()) ? filter.until() : after.at();
    for (YearMonth month : Months.decide(filter.from(), end)) {
      if (!newest.isFull()) {
        each(month, inboxes, filter, newest::add);
      }
    }
    return newest.page();
  }

  private RatingSummary counted(RatingFilter filter, Set<InboxId> inboxes) {
    long[] byStars = new long[RatingSummary.MOST_STARS];
    for (YearMonth month : Months.decide(filter.from(), filter.until())) {
      each(month, inboxes, filter, rating -> byStars[rating.stars() - 1]++);
    }
    return RatingSummary.of(byStars);
  }

  private void each(
      YearMonth month, Set<InboxId> inboxes, RatingFilter filter, Consumer<Rating> to) {
    for (InboxId inbox : inboxes) {
      String owner = Rating.ownerOf(inbox, month);
      String last = "";
      List<Document> some;
      do {
        some = documents.ofOwner(DocumentKey.Kind.RATING, owner, last, AT_ONCE);
        some.stream().map(Rating.class::cast).filter(filter::passes).forEach(to);
        last = some.isEmpty() ? last : some.get(some.size() - 1).key().id();
      } while (some.size() == AT_ONCE);
    }
  }
}
