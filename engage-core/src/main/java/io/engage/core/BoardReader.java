package io.engage.core;

import io.engage.core.picturing.AgentStanding;
import io.engage.core.picturing.Boards;
import io.engage.core.picturing.Day;
import io.engage.core.picturing.Row;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from the store what counts in the live view: who waits, who works, what was done today. */
final class BoardReader {
  private static final Page.Request FIRST = Page.Request.first(Page.Request.MOST);

  private final Storage storage;

  BoardReader(Storage storage) {
    this.storage = storage;
  }

  /** Hangs up an inbox, with everybody who is to be seen there. */
  void open(Boards boards, Inbox inbox, Instant now) {
    boards.open(inbox, rows(inbox, now), now);
    meet(boards);
  }

  /** Looks after those of whom nothing is known yet. */
  void meet(Boards boards) {
    standings(boards.strangers()).forEach(boards::arrive);
  }

  /** How each of these agents stands, also those who were never there. */
  List<AgentStanding> standings(Collection<AgentId> agents) {
    if (agents.isEmpty()) {
      return List.of();
    }
    Map<AgentId, AgentSession> sessions = new HashMap<>();
    for (Document each :
        storage.documents().find(agents.stream().map(AgentSession::keyOf).toList())) {
      AgentSession session = (AgentSession) each;
      sessions.put(session.agent().id(), session);
    }
    Map<AgentId, List<AgentLoad>> loads = storage.queues().loads(agents);
    Set<InboxId> inCall = inCall(loads.values());
    return agents.stream()
        .map(
            each ->
                AgentStanding.decide(
                    each, sessions.get(each), loads.getOrDefault(each, List.of()), inCall))
        .toList();
  }

  /** How an agent stands, of whom this was read. */
  AgentStanding standing(AgentId agent, @Nullable AgentSession session, List<AgentLoad> loads) {
    return AgentStanding.decide(agent, session, loads, inCall(List.of(loads)));
  }

  /** Those of the inboxes in which whoever works on something is on break by it. */
  private Set<InboxId> inCall(Collection<List<AgentLoad>> loads) {
    Set<InboxId> loaded =
        loads.stream().flatMap(List::stream).map(AgentLoad::inbox).collect(Collectors.toSet());
    return loaded.isEmpty()
        ? Set.of()
        : storage.inboxes().inboxes(loaded).stream()
            .filter(Situations::isInCall)
            .map(Inbox::id)
            .collect(Collectors.toSet());
  }

  /** Some of them twice. What changes meanwhile is told by the trail afterwards. */
  private List<Row> rows(Inbox inbox, Instant now) {
    InboxId id = inbox.id();
    Instant day = Day.of(now, inbox.settings().schedule().zone()).start();
    List<Row> rows = new ArrayList<>();
    read(page -> storage.queues().waiting(id, page), rows);
    read(page -> storage.queues().inHand(id, page), rows);
    find(ConversationFilter.all().between(day, null), id, rows);
    find(
        ConversationFilter.completed()
            .matching(new Criterion.Since(Criterion.TimeColumn.COMPLETED, day)),
        id,
        rows);
    return rows;
  }

  private void find(ConversationFilter filter, InboxId inbox, List<Row> to) {
    read(page -> storage.search().find(filter.in(inbox), page), to);
  }

  private static void read(Function<Page.Request, Page<Conversation>> list, List<Row> to) {
    Page.@Nullable Mark after = null;
    do {
      Page<Conversation> page = list.apply(after == null ? FIRST : FIRST.after(after));
      page.items().stream().map(Row::of).forEach(to::add);
      after = page.next();
    } while (after != null);
  }
}
