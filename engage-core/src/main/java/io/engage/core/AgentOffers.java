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
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import java.util.ArrayList;
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
        Queueing.obstacle(withQueue(own(inbox), conversation), conversation, agent());
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
          Situation supposed = situations.of(situations.inbox(found.inbox()));
          Situation situation =
              supposed.refusing(new HostsWord(parts).refused(supposed.online(), found.inbox()));
          return new Outcome.Done<>(Queueing.explain(withQueue(situation, found), found));
        });
  }

  /** Of nobody else anything need be known, and the host has just said that they may. */
  private Situation own(Inbox inbox) {
    return situations.of(inbox, agent());
  }

  /** With so much of the queue that backlog is told apart. */
  private Situation withQueue(Situation situation, Conversation conversation) {
    int most = situation.inbox().settings().limits().queued();
    InboxId inbox = situation.inbox().id();
    QueueStanding standing = parts.storage().queues().standings(List.of(inbox)).get(inbox);
    return standing == null || standing.queued() <= most
        ? situation.withQueue(List.of(conversation))
        : situation.withQueue(beginning(inbox, most));
  }

  private List<Conversation> beginning(InboxId inbox, int most) {
    List<Conversation> queue = new ArrayList<>();
    Page.Mark after = null;
    do {
      int limit = Math.min(Page.Request.MOST, most - queue.size());
      Page<Conversation> page =
          parts.storage().queues().waiting(inbox, new Page.Request(after, limit));
      queue.addAll(page.items());
      after = page.next();
    } while (after != null && queue.size() < most);
    return queue;
  }

  private static String words(Obstacle obstacle) {
    return "You cannot pick it now: %s.".formatted(obstacle.code());
  }

  private AgentId agent() {
    return permitting.agent().id();
  }
}
