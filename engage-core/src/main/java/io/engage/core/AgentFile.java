package io.engage.core;

import io.engage.core.picturing.AgentStanding;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.AgentSession.Served;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is known of one agent. */
final class AgentFile {
  private final Parts parts;
  private final SessionKeeping sessions;
  private final AgentMessages messages;
  private final BoardReader reader;

  AgentFile(Parts parts, SessionKeeping sessions, AgentMessages messages) {
    this.parts = parts;
    this.sessions = sessions;
    this.messages = messages;
    this.reader = new BoardReader(parts.storage());
  }

  /** Where they are a member, or have something though they are none. */
  Set<InboxId> inboxesOf(AgentId agent) {
    Set<InboxId> inboxes = memberships(agent);
    loads(agent).forEach(load -> inboxes.add(load.inbox()));
    return inboxes;
  }

  /**
   * @param inboxes what concerns others is left out
   */
  AgentInfo of(AgentId agent, Set<InboxId> inboxes) {
    Optional<AgentSession> session = sessions.find(agent);
    List<AgentLoad> loads = loads(agent);
    AgentStanding standing = reader.standing(agent, session.orElse(null), loads);
    return new AgentInfo(
        session.map(AgentSession::agent).orElseGet(() -> new Agent(agent, agent.value())),
        standing.state(),
        callState(agent),
        standing.pause(),
        session.map(AgentSession::begun).orElse(null),
        session.map(AgentSession::since).orElse(null),
        only(inboxes, memberships(agent)),
        loads.stream().filter(load -> inboxes.contains(load.inbox())).toList(),
        served(session, inboxes),
        working(agent, inboxes),
        messages.unseen(agent));
  }

  private Set<InboxId> memberships(AgentId agent) {
    return parts.storage().inboxes().inboxesOf(List.of(agent)).stream()
        .map(Inbox::id)
        .sorted(Comparator.comparing(InboxId::value))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<AgentLoad> loads(AgentId agent) {
    return parts.storage().queues().loads(List.of(agent)).getOrDefault(agent, List.of());
  }

  private CallState callState(AgentId agent) {
    return new Calls(parts).of(List.of(agent)).getOrDefault(agent, CallState.NO_CALL);
  }

  private static Set<InboxId> only(Set<InboxId> wanted, Collection<InboxId> all) {
    return all.stream()
        .filter(wanted::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<InboxId, Served> served(Optional<AgentSession> session, Set<InboxId> inboxes) {
    Map<InboxId, Served> served = new HashMap<>(session.map(AgentSession::served).orElse(Map.of()));
    served.keySet().retainAll(inboxes);
    return served;
  }

  private List<Conversation> working(AgentId agent, Set<InboxId> inboxes) {
    return inboxes.isEmpty()
        ? List.of()
        : parts
            .storage()
            .search()
            .find(
                ConversationFilter.open().assignedTo(agent).inInboxes(inboxes),
                Page.Request.first(AgentInfo.MOST_WORKING))
            .items();
  }
}
