package io.engage.core.picturing;

import io.engage.model.inbox.AgentId;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which agents are to be seen, and on which boards each of them. */
final class Seen {
  private final Map<AgentId, Set<InboxBoard>> boards = new HashMap<>();
  private Set<AgentId> changed = new HashSet<>();

  void put(AgentId agent, InboxBoard board, boolean isSeen) {
    if (isSeen) {
      add(agent, board);
    } else {
      remove(agent, board);
    }
  }

  private void add(AgentId agent, InboxBoard board) {
    Set<InboxBoard> theirs = boards.get(agent);
    if (theirs == null) {
      theirs = new HashSet<>();
      boards.put(agent, theirs);
      changed.add(agent);
    }
    theirs.add(board);
  }

  private void remove(AgentId agent, InboxBoard board) {
    Set<InboxBoard> theirs = boards.get(agent);
    if (theirs != null && theirs.remove(board) && theirs.isEmpty()) {
      boards.remove(agent);
      changed.add(agent);
    }
  }

  boolean has(AgentId agent) {
    return boards.containsKey(agent);
  }

  Set<AgentId> all() {
    return Collections.unmodifiableSet(boards.keySet());
  }

  Set<InboxBoard> boardsOf(AgentId agent) {
    return boards.getOrDefault(agent, Set.of());
  }

  /** Who came or went since this was asked last. */
  Set<AgentId> changed() {
    Set<AgentId> taken = changed;
    changed = new HashSet<>();
    return taken;
  }
}
