package io.engage.core;

import io.engage.core.queueing.Candidate;
import io.engage.core.queueing.Situation;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Permission;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Rotation;
import io.engage.spi.StaleVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what has to be known of inboxes to say who gets what waits there. Sessions are read before
 * loads: whoever commits with a session that is still the same knows all that its agent had then.
 */
final class Situations {
  private static final Logger LOG = LoggerFactory.getLogger(Situations.class);

  private final Parts parts;

  Situations(Parts parts) {
    this.parts = parts;
  }

  /**
   * An inbox as it is set up now.
   *
   * @throws StaleVersion when it has just gone: what was in it is elsewhere
   */
  Inbox inbox(InboxId id) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> new StaleVersion("inbox", id.value()));
  }

  /** What is known of one inbox; of its queue nothing. */
  Situation of(Inbox inbox) {
    return of(List.of(inbox)).get(0);
  }

  /**
   * What is known of some inboxes, with a few questions for all of them; of their queues nothing.
   */
  List<Situation> of(Collection<Inbox> some) {
    Set<DocumentKey> keys = new LinkedHashSet<>();
    for (Inbox inbox : some) {
      keys.add(Rotation.keyOf(inbox.id()));
      inbox.settings().members().forEach(each -> keys.add(AgentSession.keyOf(each.agent())));
    }
    Map<DocumentKey, Document> found = new HashMap<>();
    parts.storage().documents().find(keys).forEach(each -> found.put(each.key(), each));
    Present present = present(found.values(), some);
    Set<InboxId> inCall = inCall(present.inboxes());
    return some.stream()
        .map(
            inbox ->
                new Situation(
                    inbox,
                    parts.clock().instant(),
                    present.candidates(inbox),
                    List.of(),
                    (Rotation) found.get(Rotation.keyOf(inbox.id())),
                    inCall))
        .toList();
  }

  /** No others count than those in which somebody has something. */
  private Set<InboxId> inCall(Collection<InboxId> loaded) {
    return loaded.isEmpty()
        ? Set.of()
        : parts.storage().inboxes().inboxes(loaded).stream()
            .filter(Situations::isInCall)
            .map(Inbox::id)
            .collect(Collectors.toSet());
  }

  private static boolean isInCall(Inbox inbox) {
    Strategy strategy = inbox.settings().strategy();
    return strategy != null && strategy.eligibility() == Eligibility.IN_CALL;
  }

  private Present present(Collection<Document> found, Collection<Inbox> inboxes) {
    Map<AgentId, AgentSession> online = new HashMap<>();
    for (Document each : found) {
      if (each instanceof AgentSession session && session.online()) {
        online.put(session.agent().id(), session);
      }
    }
    return online.isEmpty()
        ? new Present(Map.of(), Map.of(), Map.of(), Map.of())
        : new Present(
            online,
            parts.storage().queues().loads(online.keySet()),
            new Calls(parts).of(online.keySet()),
            permissions(online, inboxes));
  }

  /** The host is asked once for each agent. */
  private Map<AgentId, Map<InboxId, Permission>> permissions(
      Map<AgentId, AgentSession> online, Collection<Inbox> inboxes) {
    Map<AgentId, List<InboxId>> memberships = new HashMap<>();
    for (Inbox inbox : inboxes) {
      for (Member member : inbox.settings().members()) {
        if (online.containsKey(member.agent())) {
          memberships.computeIfAbsent(member.agent(), any -> new ArrayList<>()).add(inbox.id());
        }
      }
    }
    Map<AgentId, Map<InboxId, Permission>> permissions = new HashMap<>();
    memberships.forEach(
        (id, where) -> {
          AgentSession session = online.get(id);
          if (session != null) {
            permissions.put(id, permissions(session, where));
          }
        });
    return permissions;
  }

  /** Without the host's word they may not, and nobody else is held up. */
  private Map<InboxId, Permission> permissions(AgentSession session, List<InboxId> inboxes) {
    try {
      return parts.permissions().check(session.agent(), AgentAction.BE_OFFERED, inboxes);
    } catch (RuntimeException unavailable) {
      LOG.warn(
          "The host did not say what agent '{}' may be offered: {}",
          session.agent().id(),
          unavailable.toString());
      return Map.of();
    }
  }

  /** Who is there. */
  private record Present(
      Map<AgentId, AgentSession> sessions,
      Map<AgentId, List<AgentLoad>> loads,
      Map<AgentId, CallState> calls,
      Map<AgentId, Map<InboxId, Permission>> permissions) {

    /** Where those who are there have something. */
    Set<InboxId> inboxes() {
      return loads.values().stream()
          .flatMap(List::stream)
          .map(AgentLoad::inbox)
          .collect(Collectors.toSet());
    }

    List<Candidate> candidates(Inbox inbox) {
      List<Candidate> candidates = new ArrayList<>();
      for (Member member : inbox.settings().members()) {
        AgentSession session = sessions.get(member.agent());
        if (session != null) {
          candidates.add(candidate(member, session, inbox.id()));
        }
      }
      return candidates;
    }

    private Candidate candidate(Member member, AgentSession session, InboxId inbox) {
      return new Candidate(
          member,
          session,
          calls.getOrDefault(member.agent(), CallState.NO_CALL),
          loads.getOrDefault(member.agent(), List.of()),
          permissions.getOrDefault(member.agent(), Map.of()).get(inbox)
              instanceof Permission.Granted);
    }
  }
}
