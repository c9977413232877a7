package io.engage.core;

import io.engage.core.queueing.Candidate;
import io.engage.core.queueing.Situation;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads what has to be known of inboxes to say who gets what waits there. Sessions are read before
 * loads: whoever commits with a session that is still the same knows all that its agent had then.
 * It is as if the host let everybody be offered something: who is to get it is asked about.
 */
final class Situations {
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

  /** The same as far as it concerns one agent. */
  Situation of(Inbox inbox, AgentId agent) {
    return of(List.of(inbox), agent::equals).get(0);
  }

  /**
   * What is known of some inboxes, with a few questions for all of them; of their queues nothing.
   */
  List<Situation> of(Collection<Inbox> some) {
    return of(some, any -> true);
  }

  private List<Situation> of(Collection<Inbox> some, Predicate<AgentId> wanted) {
    Set<DocumentKey> keys = new LinkedHashSet<>();
    for (Inbox inbox : some) {
      keys.add(Rotation.keyOf(inbox.id()));
      inbox.settings().members().stream()
          .map(Member::agent)
          .filter(wanted)
          .forEach(each -> keys.add(AgentSession.keyOf(each)));
    }
    Map<DocumentKey, Document> found = new HashMap<>();
    parts.storage().documents().find(keys).forEach(each -> found.put(each.key(), each));
    Present present = present(found.values());
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

  static boolean isInCall(Inbox inbox) {
    Strategy strategy = inbox.settings().strategy();
    return strategy != null && strategy.eligibility() == Eligibility.IN_CALL;
  }

  private Present present(Collection<Document> found) {
    Map<AgentId, AgentSession> online = new HashMap<>();
    for (Document each : found) {
      if (each instanceof AgentSession session && session.online()) {
        online.put(session.agent().id(), session);
      }
    }
    return online.isEmpty()
        ? new Present(Map.of(), Map.of(), Map.of())
        : new Present(
            online,
            parts.storage().queues().loads(online.keySet()),
            new Calls(parts).of(online.keySet()));
  }

  /** Who is there. */
  private record Present(
      Map<AgentId, AgentSession> sessions,
      Map<AgentId, List<AgentLoad>> loads,
      Map<AgentId, CallState> calls) {

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
          candidates.add(candidate(member, session));
        }
      }
      return candidates;
    }

    private Candidate candidate(Member member, AgentSession session) {
      return new Candidate(
          member,
          session,
          calls.getOrDefault(member.agent(), CallState.NO_CALL),
          loads.getOrDefault(member.agent(), List.of()),
          true);
    }
  }
}
