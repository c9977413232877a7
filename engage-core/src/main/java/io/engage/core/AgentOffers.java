package io.engage.core;

import io.engage.core.queueing.OfferWord;
import io.engage.core.queueing.Queueing;
import io.engage.core.queueing.Situation;
import io.engage.model.audit.Actor;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.QueueState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one agent is offered, what they may pick themselves, and what they say to it. */
final class AgentOffers {
  private final Parts parts;
  private final Permitting permitting;
  private final OfferAnswers answers;
  private final SessionKeeping sessions;
  private final Situations situations;

  AgentOffers(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
    this.answers = new OfferAnswers(parts);
    this.sessions = new SessionKeeping(parts);
    this.situations = new Situations(parts);
  }

  List<Conversation> offers() {
    List<Conversation> offered = parts.storage().queues().offeredTo(agent());
    Set<InboxId> permitted =
        permitting.permitted(
            AgentAction.BE_OFFERED,
            offered.stream().map(Conversation::inbox).collect(Collectors.toSet()));
    return offered.stream().filter(each -> permitted.contains(each.inbox())).toList();
  }

  Outcome<Conversation> accept(ConversationId id) {
    return say(id, this::acceptance);
  }

  Outcome<Conversation> decline(ConversationId id) {
    return say(id, (found, inbox) -> new OfferWord.Decline());
  }

  private interface Saying {
    OfferWord about(Conversation conversation, Inbox inbox);
  }

  /** The session is read before anything that is decided by it. */
  private Outcome<Conversation> say(ConversationId id, Saying saying) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onConversation(
                    AgentAction.BE_OFFERED,
                    id,
                    found -> {
                      AgentSession session = sessions.of(permitting.agent());
                      Inbox inbox = situations.inbox(found.inbox());
                      return answers.settle(
                          saying.about(found, inbox),
                          found,
                          session,
                          inbox,
                          Actor.agent(permitting.agent()));
                    }));
  }

  private OfferWord acceptance(Conversation conversation, Inbox inbox) {
    return new OfferWord.Accept(
        conversation.queueState() == QueueState.QUEUED ? notPicked(conversation, inbox) : null);
  }

  private @Nullable String notPicked(Conversation conversation, Inbox inbox) {
    Strategy strategy = inbox.settings().strategy();
    if (strategy == null || !strategy.eligibility().isPicked()) {
      return "It is not offered to you, or not any more. It waits in the queue.";
    }
    Optional<Obstacle> obstacle =
        Queueing.obstacle(own(inbox), conversation, isBacklog(conversation, inbox), agent());
    return obstacle.map(AgentOffers::words).orElse(null);
  }

  Outcome<List<Conversation>> pickable(InboxId id, int limit) {
    return permitting.onInbox(
        AgentAction.BE_OFFERED,
        id,
        inbox ->
            new Outcome.Done<>(
                Queueing.pickable(
                    own(inbox)
                        .withQueue(
                            parts
                                .storage()
                                .queues()
                                .waiting(id, Page.Request.first(limit))
                                .items()),
                    agent())));
  }

  Outcome<Map<AgentId, Obstacle>> explain(ConversationId id) {
    return permitting.onConversation(
        AgentAction.READ,
        id,
        found -> {
          Inbox inbox = situations.inbox(found.inbox());
          Situation supposed = situations.of(inbox);
          Situation situation =
              supposed.refusing(new HostsWord(parts).refused(supposed.online(), found.inbox()));
          return new Outcome.Done<>(Queueing.explain(situation, found, isBacklog(found, inbox)));
        });
  }

  /** Of nobody else anything need be known, and the host has just said that they may. */
  private Situation own(Inbox inbox) {
    return situations.of(inbox, agent());
  }

  /** It does not matter how long the queue is. */
  private boolean isBacklog(Conversation conversation, Inbox inbox) {
    int most = inbox.settings().limits().queued();
    return most < Integer.MAX_VALUE
        && parts.storage().queues().at(most, List.of(inbox.id())).stream()
            .anyMatch(first -> Queueing.isBacklog(conversation, first));
  }

  private static String words(Obstacle obstacle) {
    return "You cannot pick it now: %s.".formatted(obstacle.code());
  }

  private AgentId agent() {
    return permitting.agent().id();
  }
}
