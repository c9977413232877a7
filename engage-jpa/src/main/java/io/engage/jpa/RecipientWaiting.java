package io.engage.jpa;

import io.engage.jpa.RecipientBlocks.Block;
import io.engage.jpa.RecipientBlocks.Waiting;
import io.engage.model.campaign.ListId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out when somebody of a list may be claimed next. Blocks say when that is at the earliest;
 * where it is later, they are told, so that nobody looks at them in vain again.
 */
final class RecipientWaiting {
  private static final int MOST = 512;

  private final Database database;
  private final ListId list;

  RecipientWaiting(Database database, ListId list) {
    this.database = database;
    this.list = list;
  }

  /** Looks at more blocks each time that all at which it looked said too early a moment. */
  Optional<Instant> findNext() {
    int most = 1;
    List<Waiting> first = first(most);
    while (!first.isEmpty() && !isKnown(first, most)) {
      raise(first);
      most = Math.min(MOST, most * 8);
      first = first(most);
    }
    return first.isEmpty() ? Optional.empty() : Optional.of(Moments.from(next(first)));
  }

  private List<Waiting> first(int most) {
    return database.ask(session -> RecipientBlocks.waiting(session, list, most));
  }

  /** Whether nobody in the blocks behind these can be earlier. */
  private static boolean isKnown(List<Waiting> first, int most) {
    long behind =
        first.size() < most ? RecipientStanding.NEVER - 1 : first.get(most - 1).block().dueAt();
    return next(first) <= behind;
  }

  private static long next(List<Waiting> blocks) {
    return blocks.stream().mapToLong(Waiting::next).min().orElse(RecipientStanding.NEVER);
  }

  private void raise(List<Waiting> first) {
    List<Block> early =
        first.stream()
            .filter(each -> each.next() > each.block().dueAt())
            .map(Waiting::block)
            .toList();
    database.changeApart(
        session -> {
          session.dialect().waitAtGate(session);
          RecipientBlocks.raise(session, early);
          return early.size();
        });
  }
}
