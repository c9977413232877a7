package io.engage.core;

import io.engage.core.attending.Absence;
import io.engage.core.attending.SessionWish;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.inbox.Strategy.Away;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.AgentSession;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.spi.Heartbeats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs out agents who give no sign of life any more, and gives back to the queue what customers
 * wait for in vain. Any number of nodes may do it at the same moment: the version of the session
 * and that of the conversation let one of them do it.
 */
final class Absences {
  private static final Logger LOG = LoggerFactory.getLogger(Absences.class);
  private static final int AT_ONCE = 200;
  private static final String SILENCE = "no sign of life";

  private final Parts parts;
  private final SessionKeeping sessions;

  Absences(Parts parts) {
    this.parts = parts;
    this.sessions = new SessionKeeping(parts);
  }

  /**
   * Whoever is silent is signed out first and forgotten when that is done, so that a node that dies
   * in between is followed by one that goes on. Who gives a sign meanwhile is neither.
   *
   * @param goesOn asked before each agent
   * @return how many were signed out
   */
  int signOutSilent(BooleanSupplier goesOn) {
    int signedOut = 0;
    List<AgentId> silent;
    do {
      Instant now = parts.clock().instant();
      silent = parts.storage().heartbeats().silent(now, AT_ONCE);
      for (AgentId each : silent) {
        if (!goesOn.getAsBoolean()) {
          return signedOut;
        }
        signedOut += isSignedOut(each, now) ? 1 : 0;
      }
    } while (silent.size() == AT_ONCE);
    return signedOut;
  }

  /** Asked once more for each: since all of them were read, this node may have stood still. */
  private boolean isSignedOut(AgentId agent, Instant silentAt) {
    Heartbeats heartbeats = parts.storage().heartbeats();
    if (!heartbeats.isSilent(agent, silentAt)) {
      return false;
    }
    boolean signedOut =
        sessions.change(agent, new SessionWish.SignOut(SILENCE), Actor.DISTRIBUTION).isDone();
    heartbeats.forget(agent, silentAt);
    return signedOut;
  }

  /**
   * @param goesOn asked again and again
   * @return how many conversations went back to the queue
   */
  int requeue(BooleanSupplier goesOn) {
    Map<InboxId, Inbox> inboxes =
        parts.storage().inboxes().inboxes().stream()
            .filter(Absences::isRequeuing)
            .collect(Collectors.toMap(Inbox::id, Function.identity()));
    return inboxes.isEmpty() ? 0 : new Round(inboxes, goesOn).requeue();
  }

  private static boolean isRequeuing(Inbox inbox) {
    Strategy strategy = inbox.settings().strategy();
    return strategy != null && strategy.away() == Away.QUEUES;
  }

  /** One look at everybody who is away. */
  private final class Round {
    private final Map<InboxId, Inbox> inboxes;
    private final BooleanSupplier goesOn;

    Round(Map<InboxId, Inbox> inboxes, BooleanSupplier goesOn) {
      this.inboxes = inboxes;
      this.goesOn = goesOn;
    }

    int requeue() {
      Map<AgentId, AgentSession> away = away();
      List<AgentId> agents = new ArrayList<>(away.keySet());
      int requeued = 0;
      for (int from = 0; from < agents.size() && goesOn.getAsBoolean(); from += AT_ONCE) {
        for (AgentId each :
            working(agents.subList(from, Math.min(agents.size(), from + AT_ONCE)))) {
          requeued += requeueOf(away.getOrDefault(each, never(each)));
        }
      }
      return requeued;
    }

    /** Those who were never there are away too, as far as somebody gives them something. */
    private Map<AgentId, AgentSession> away() {
      Map<AgentId, AgentSession> all = new LinkedHashMap<>();
      inboxes.values().stream()
          .flatMap(Absences::workers)
          .forEach(each -> all.put(each, never(each)));
      String after = "";
      List<AgentSession> some;
      do {
        some =
            parts
                .storage()
                .documents()
                .ofOwner(DocumentKey.Kind.AGENT_SESSION, "", after, AT_ONCE)
                .stream()
                .map(AgentSession.class::cast)
                .toList();
        for (AgentSession each : some) {
          all.put(each.agent().id(), each);
          after = each.agent().id().value();
        }
      } while (some.size() == AT_ONCE);
      all.values().removeIf(each -> Absence.whyAway(each).isEmpty());
      return all;
    }

    /** Those of these agents who have something that may go back. */
    private List<AgentId> working(List<AgentId> agents) {
      return parts.storage().queues().loads(agents).entrySet().stream()
          .filter(each -> each.getValue().stream().anyMatch(this::mayGoBack))
          .map(Map.Entry::getKey)
          .toList();
    }

    private boolean mayGoBack(AgentLoad load) {
      return load.active() > 0 && inboxes.containsKey(load.inbox());
    }

    /** What is not due yet costs no more than this look. */
    private int requeueOf(AgentSession session) {
      AgentId agent = session.agent().id();
      int requeued = 0;
      for (Conversation each : parts.storage().queues().waitingFor(agent, AT_ONCE)) {
        if (goesOn.getAsBoolean() && decide(each, session).isPresent()) {
          requeued += isRequeued(each.id(), agent) ? 1 : 0;
        }
      }
      return requeued;
    }

    /** One that fails holds up no other. */
    private boolean isRequeued(ConversationId id, AgentId agent) {
      try {
        return parts.committing().retrying(() -> requeueOnce(id, agent));
      } catch (RuntimeException later) {
        LOG.warn(
            "Conversation '{}' could not be given back; it is tried again soon",
            id,
            LoggedFailure.of(later));
        return false;
      }
    }

    private boolean requeueOnce(ConversationId id, AgentId agent) {
      AgentSession session = sessions.find(agent).orElseGet(() -> never(agent));
      Optional<Absence.Requeued> requeued =
          parts.storage().inboxes().conversations(List.of(id)).stream()
              .findFirst()
              .flatMap(found -> decide(found, session));
      requeued.ifPresent(this::commit);
      return requeued.isPresent();
    }

    private Optional<Absence.Requeued> decide(Conversation conversation, AgentSession session) {
      Inbox inbox = inboxes.get(conversation.inbox());
      return inbox == null
          ? Optional.empty()
          : Absence.decide(conversation, session, inbox.settings(), parts.clock().instant());
    }

    private void commit(Absence.Requeued requeued) {
      Conversation after = requeued.conversation();
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .conversations(List.of(after))
                  .audit(
                      parts
                          .committing()
                          .stamp(
                              Actor.DISTRIBUTION,
                              AuditSubject.of(after.inbox(), after.id()),
                              requeued.fact()))
                  .build());
    }
  }

  /** Whom an inbox gives something to, apart from what is given by hand. */
  private static Stream<AgentId> workers(Inbox inbox) {
    return Stream.concat(
        inbox.settings().members().stream().map(Member::agent),
        inbox.settings().rules().rules().stream()
            .map(Rule::then)
            .flatMap(List::stream)
            .filter(RuleAction.RouteToAgent.class::isInstance)
            .map(each -> ((RuleAction.RouteToAgent) each).agent().id()));
  }

  private static AgentSession never(AgentId agent) {
    return AgentSession.never(new Agent(agent, agent.value()), Instant.EPOCH);
  }
}
