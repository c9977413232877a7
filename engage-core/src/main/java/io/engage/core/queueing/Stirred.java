package io.engage.core.queueing;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.util.HashSet;
import java.util.Set;

/**
 * Where there may be something to give now.
 *
 * @param inboxes in which somebody waits who did not before, or that are set up otherwise
 * @param freed who may take more than before
 * @param gone who may take nothing any more, so that what is offered to them cannot stand
 */
public record Stirred(Set<InboxId> inboxes, Set<AgentId> freed, Set<AgentId> gone) {
  /** Nothing is different. */
  public static final Stirred NOTHING = new Stirred(Set.of(), Set.of(), Set.of());

  public Stirred {
    inboxes = Set.copyOf(inboxes);
    freed = Set.copyOf(freed);
    gone = Set.copyOf(gone);
  }

  public boolean isNothing() {
    return inboxes.isEmpty() && freed.isEmpty() && gone.isEmpty();
  }

  /** Both together. */
  public Stirred and(Stirred more) {
    return isNothing() ? more : more.isNothing() ? this : joined(more);
  }

  private Stirred joined(Stirred more) {
    return new Stirred(
        union(inboxes, more.inboxes), union(freed, more.freed), union(gone, more.gone));
  }

  private static <T> Set<T> union(Set<T> some, Set<T> others) {
    Set<T> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
