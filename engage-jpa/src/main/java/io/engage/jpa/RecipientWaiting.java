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
    return database.askApart(session -> RecipientBlocks.waiting(session, list, most));
  }

  /** Whether somebody is in turn, or nobody in the blocks behind these can be earlier. */
  private static boolean isKnown(List<Waiting> first, int most) {
    return first.stream().anyMatch(each -> each.ready() && !isEarly(each))
        || next(first) <= behind(first, most);
  }

  private static long behind(List<Waiting> first, int most) {
    List<Waiting> ready = first.stream().filter(Waiting::ready).toList();
    if (ready.size() == most) {
      return Long.MIN_VALUE;
    }
    return first.size() - ready.size() == most
        ? first.get(first.size() - 1).block().dueAt()
        : RecipientStanding.NEVER - 1;
  }

  private static boolean isEarly(Waiting waiting) {
    return waiting.next() > waiting.block().dueAt();
  }

  private static long next(List<Waiting> blocks) {
    return blocks.stream().mapToLong(Waiting::next).min().orElse(RecipientStanding.NEVER);
  }

  private void raise(List<Waiting> first) {
    List<Block> early =
        first.stream().filter(RecipientWaiting::isEarly).map(Waiting::block).toList();
    database.changeApart(
        session -> {
          session.dialect().beginRecipients(session);
          RecipientBlocks.raise(session, early);
          return early.size();
        });
  }
}
