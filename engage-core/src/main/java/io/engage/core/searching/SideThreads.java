package io.engage.core.searching;

import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import java.util.List;

/** Decides whether a list shows side threads: only when it asks for them. */
public final class SideThreads {
  private static final Criterion ORDINARY =
      new Criterion.Not(new Criterion.Is(Criterion.Claim.SIDE_THREAD));

  /** The same filter, without side threads unless it speaks of them. */
  public ConversationFilter decide(ConversationFilter filter) {
    Criterion criterion = filter.criterion();
    if (criterion == null) {
      return filter.matching(ORDINARY);
    }
    return speaksOfThem(criterion)
        ? filter
        : filter.matching(new Criterion.All(List.of(criterion, ORDINARY)));
  }

  private static boolean speaksOfThem(Criterion criterion) {
    if (criterion instanceof Criterion.All all) {
      return all.of().stream().anyMatch(SideThreads::speaksOfThem);
    } else if (criterion instanceof Criterion.Any any) {
      return any.of().stream().anyMatch(SideThreads::speaksOfThem);
    } else if (criterion instanceof Criterion.Not not) {
      return speaksOfThem(not.of());
    }
    return criterion instanceof Criterion.Besides
        || criterion instanceof Criterion.Is is && is.claim() == Criterion.Claim.SIDE_THREAD;
  }
}
