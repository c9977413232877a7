package io.engage.core.recording;

import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Criterion.TextColumn;
import io.engage.model.conversation.Criterion.TimeColumn;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says in the words of a list which recordings are looked for. Side threads are none. */
public final class Finding {
  private Finding() {}

  /**
   * For whoever looks: the newest first. What was led in a time begins with what ended in it:
   * otherwise all that is newer would have to be looked through before the first is found.
   *
   * @param inboxes in which they may look
   */
  public static ConversationFilter decide(RecordingSearch search, Set<InboxId> inboxes) {
    ConversationFilter filter = filter(search, inboxes, criteria(search));
    return search.led() ? filter.sorted(ConversationFilter.Order.OLDEST_FIRST) : filter;
  }

  /**
   * For an export: the oldest first, so that what moves to the end meanwhile is met there, and
   * without what is opened meanwhile, so that it ends.
   */
  public static ConversationFilter decide(
      RecordingSearch search, Set<InboxId> inboxes, Instant begun) {
    List<Criterion> criteria = criteria(search);
    criteria.add(new Criterion.Before(TimeColumn.OPENED, begun.plusNanos(1000)));
    return filter(search, inboxes, criteria).sorted(ConversationFilter.Order.OLDEST_FIRST);
  }

  private static ConversationFilter filter(
      RecordingSearch search, Set<InboxId> inboxes, List<Criterion> criteria) {
    return ConversationFilter.all()
        .withCompletion(search.completion())
        .inInboxes(inboxes)
        .between(search.from(), search.led() ? null : search.until())
        .matching(new Criterion.All(criteria));
  }

  private static List<Criterion> criteria(RecordingSearch search) {
    List<Criterion> all = new ArrayList<>();
    all.add(new Criterion.Not(new Criterion.Is(Criterion.Claim.SIDE_THREAD)));
    if (search.led() && search.until() != null) {
      all.add(new Criterion.Before(TimeColumn.OPENED, search.until()));
    }
    if (!search.address().isEmpty()) {
      all.add(new Criterion.Contains(TextColumn.FROM, search.address()));
    }
    if (!search.subject().isEmpty()) {
      all.add(new Criterion.Contains(TextColumn.SUBJECT, search.subject()));
    }
    if (!search.agents().isEmpty()) {
      all.add(byAgents(search));
    }
    return all;
  }

  private static Criterion byAgents(RecordingSearch search) {
    List<Criterion> each =
        search.agents().stream()
            .sorted(Comparator.comparing(agent -> agent.value()))
            .<Criterion>map(Criterion.HandledBy::new)
            .toList();
    return each.size() == 1 ? each.get(0) : new Criterion.Any(each);
  }
}
