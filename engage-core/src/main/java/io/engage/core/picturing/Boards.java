package io.engage.core.picturing;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.InboxPicture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The inboxes at which somebody looks, each with what is counted of it, and the agents who work in
 * them. What it is told are states, not steps: to be told one twice, or a newer one first, changes
 * nothing. One thread at a time.
 */
public final class Boards {
  private final Map<InboxId, InboxBoard> inboxes = new HashMap<>();
  private final Map<ConversationId, InboxId> places = new ConcurrentHashMap<>();
  private final Seen seen = new Seen();
  private final Map<AgentId, AgentBoard> agents = new HashMap<>();
  private Map<AgentId, CallState> calls = Map.of();

  public Set<InboxId> inboxes() {
    return Set.copyOf(inboxes.keySet());
  }

  public boolean has(InboxId inbox) {
    return inboxes.containsKey(inbox);
  }

  /** Any thread may ask. */
  public boolean has(ConversationId conversation) {
    return places.containsKey(conversation);
  }

  /** One more inbox, or the same one anew, with all of it that counts. */
  public void open(Inbox inbox, Collection<Row> rows, Instant now) {
    close(inbox.id());
    inboxes.put(inbox.id(), new InboxBoard(inbox, now, seen));
    rows.forEach(this::put);
  }

  /** Nobody looks at it any more. */
  public void close(InboxId inbox) {
    InboxBoard board = inboxes.remove(inbox);
    if (board != null) {
      board.conversations().forEach(places::remove);
      board.close();
    }
  }

  /** How a conversation is now, whatever inbox it is in. */
  public void put(Row row) {
    InboxId before = places.get(row.id());
    if (before != null && !before.equals(row.inbox())) {
      inbox(before).remove(row.id());
      places.remove(row.id());
    }
    InboxBoard board = inboxes.get(row.inbox());
    if (board != null) {
      board.put(row);
      if (board.has(row.id())) {
        places.put(row.id(), row.inbox());
      } else {
        places.remove(row.id());
      }
    }
  }

  /** Whether its day is the one of this inbox; when not, it has to be opened anew. */
  public boolean hasZoneOf(Inbox inbox) {
    return inbox(inbox.id())
        .inbox()
        .settings()
        .schedule()
        .zone()
        .equals(inbox.settings().schedule().zone());
  }

  /** How an inbox is set up now, and that time has gone on. */
  public void set(Inbox inbox, Instant now) {
    InboxBoard board = inbox(inbox.id());
    Set<ConversationId> forgotten = board.set(inbox, now);
    forgotten.forEach(places::remove);
  }

  /** How an agent stands, who was not looked at before. */
  public void arrive(AgentStanding standing) {
    List<Row> rows = new ArrayList<>();
    seen.boardsOf(standing.agent()).forEach(each -> rows.addAll(each.of(standing.agent())));
    set(AgentBoard.first(standing, rows));
  }

  /**
   * How an agent stands, who was looked at before.
   *
   * @param at when something of them changed
   */
  public void put(AgentStanding standing, Instant at) {
    AgentBoard before = agents.get(standing.agent());
    if (before == null) {
      arrive(standing);
    } else {
      set(before.next(standing, at));
    }
  }

  private void set(AgentBoard board) {
    AgentId agent = board.standing().agent();
    if (!board.equals(agents.put(agent, board))) {
      stir(agent);
    }
  }

  private void stir(AgentId agent) {
    seen.boardsOf(agent).forEach(InboxBoard::stir);
  }

  /** All who are to be seen, as they are from call to call. */
  public Set<AgentId> agents() {
    return seen.all();
  }

  /** Whether it is known how they stand. */
  public boolean knows(AgentId agent) {
    return agents.containsKey(agent);
  }

  /** Those who work on something. */
  public List<AgentId> busy() {
    return agents.values().stream()
        .map(AgentBoard::standing)
        .filter(each -> !each.channels().isEmpty())
        .map(AgentStanding::agent)
        .toList();
  }

  /** Those to be seen of whom nothing is known yet. Who is not to be seen any more is forgotten. */
  public Set<AgentId> strangers() {
    Set<AgentId> changed = seen.changed();
    changed.stream().filter(each -> !seen.has(each)).forEach(agents::remove);
    changed.removeIf(each -> !seen.has(each) || agents.containsKey(each));
    return changed;
  }

  /**
   * The inboxes that may look otherwise than when this was asked last, because something of them
   * changed or by time alone.
   *
   * @param now who is on the phone; everybody else is not
   */
  public Set<InboxId> stirred(Map<AgentId, CallState> now, Instant at) {
    Set<AgentId> named = new HashSet<>(calls.keySet());
    named.addAll(now.keySet());
    for (AgentId agent : named) {
      if (call(agent, calls) != call(agent, now)) {
        stir(agent);
      }
    }
    calls = new HashMap<>(now);
    return inboxes.values().stream()
        .filter(each -> each.isStirred(at))
        .map(each -> each.inbox().id())
        .collect(Collectors.toSet());
  }

  private static CallState call(AgentId agent, Map<AgentId, CallState> calls) {
    return calls.getOrDefault(agent, CallState.NO_CALL);
  }

  /** What there is to see of an inbox. */
  public InboxPicture picture(InboxId inbox, Map<AgentId, CallState> phoning, Instant now) {
    return inbox(inbox).picture(now, (agent, here) -> pictureOf(agent, here, call(agent, phoning)));
  }

  private AgentPicture pictureOf(AgentId agent, Tally here, CallState call) {
    AgentBoard board = agents.get(agent);
    return (board == null
            ? AgentBoard.first(new AgentStanding(agent, null, List.of(), false), List.of())
            : board)
        .picture(here, call);
  }

  private InboxBoard inbox(InboxId id) {
    return Objects.requireNonNull(inboxes.get(id), "inbox");
  }
}
