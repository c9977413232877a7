package io.engage.core.queueing;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what a word to an offer changes: it is taken, or goes back to its old place. */
public final class Offers {

  /**
   * @param session of the agent who speaks, or to whom it is offered
   * @param inbox that of the conversation
   */
  public OfferStep decide(
      OfferWord word, Conversation conversation, AgentSession session, Inbox inbox, Instant now) {
    if (word instanceof OfferWord.Accept accept) {
      return accept(accept, conversation, session, inbox, now);
    } else if (word instanceof OfferWord.Decline) {
      return decline(conversation, session, now);
    } else if (word instanceof OfferWord.Lapse) {
      return lapse(conversation, session, now);
    }
    return withdraw(((OfferWord.Withdraw) word).reason(), conversation, session);
  }

  private static OfferStep accept(
      OfferWord.Accept word,
      Conversation conversation,
      AgentSession session,
      Inbox inbox,
      Instant now) {
    AgentId agent = session.agent().id();
    QueueState state = conversation.queueState();
    if (state == QueueState.ACTIVE && agent.equals(conversation.state().assignee())) {
      return new OfferStep.AlreadySo();
    } else if (state == QueueState.ACTIVE
        || state == QueueState.OFFERED && !isOfferedTo(agent, conversation)) {
      return new OfferStep.Overtaken();
    } else if (!session.online()) {
      return new OfferStep.Refused("You are not signed in. Sign in first.");
    } else if (session.isOnBreak()) {
      return new OfferStep.Refused("You are on break. End it first.");
    } else if (state == QueueState.OFFERED) {
      return taken(conversation, session, now);
    } else if (state != QueueState.QUEUED) {
      return new OfferStep.Refused("Nobody waits in it any more.");
    }
    return word.notPicked() == null
        ? taken(
            conversation,
            session.served(
                inbox.id(), now.atZone(inbox.settings().schedule().zone()).toLocalDate(), now),
            now)
        : new OfferStep.Refused(word.notPicked());
  }

  private static OfferStep taken(Conversation conversation, AgentSession session, Instant now) {
    AgentId agent = session.agent().id();
    Conversation.State state = conversation.state();
    return new OfferStep.Changed(
        conversation.withState(
            state.withAssignee(agent).withService(state.service().taken(agent, now))),
        session,
        List.of(about(conversation, new AuditFact.Assigned(agent, session.agent().name()))));
  }

  private static OfferStep decline(Conversation conversation, AgentSession session, Instant now) {
    AgentId agent = session.agent().id();
    if (isOfferedTo(agent, conversation)) {
      return new OfferStep.Changed(
          with(conversation, conversation.state().service().declined(agent, now)),
          session,
          List.of(about(conversation, new AuditFact.OfferDeclined(agent))));
    }
    return conversation.state().service().declined().stream()
            .anyMatch(each -> each.agent().equals(agent))
        ? new OfferStep.AlreadySo()
        : new OfferStep.Refused("It is not offered to you any more.");
  }

  /** Whoever does not answer is taken to be away: else an empty chair is offered everything. */
  private static OfferStep lapse(Conversation conversation, AgentSession session, Instant now) {
    Offer offer = standing(conversation);
    AgentId agent = session.agent().id();
    if (offer == null || !isOfferedTo(agent, conversation) || offer.until().isAfter(now)) {
      return new OfferStep.AlreadySo();
    } else if (!session.online() || session.isOnBreak()) {
      return withdraw(awayReason(session).orElseThrow(), conversation, session);
    }
    List<Occurrence> occurrences = new ArrayList<>();
    occurrences.add(about(conversation, new AuditFact.OfferUnanswered(agent)));
    occurrences.add(
        new Occurrence(AuditSubject.NONE, new AuditFact.BreakBegun(agent, AgentSession.NO_ANSWER)));
    return new OfferStep.Changed(
        with(conversation, conversation.state().service().declined(agent, now)),
        session.paused(AgentSession.NO_ANSWER, now),
        occurrences);
  }

  private static OfferStep withdraw(
      String reason, Conversation conversation, AgentSession session) {
    AgentId agent = session.agent().id();
    return isOfferedTo(agent, conversation)
        ? new OfferStep.Changed(
            with(conversation, conversation.state().service().withoutOffer()),
            session,
            List.of(about(conversation, new AuditFact.OfferWithdrawn(agent, reason))))
        : new OfferStep.AlreadySo();
  }

  /**
   * Why an offer can no longer stand; empty when it can. That the inbox closes is no reason: who
   * was asked may still say yes.
   *
   * @param refusal why the host lets the agent be offered nothing there; null when it does
   */
  public Optional<String> whyNotStanding(
      AgentSession session, Inbox inbox, @Nullable String refusal) {
    if (awayReason(session).isPresent()) {
      return awayReason(session);
    } else if (inbox.settings().members().stream()
        .noneMatch(each -> each.agent().equals(session.agent().id()))) {
      return Optional.of("no member of the inbox any more");
    } else if (inbox.settings().strategy() == null || !inbox.settings().enabled()) {
      return Optional.of("nothing is offered in the inbox any more");
    }
    return Optional.ofNullable(refusal);
  }

  private static Optional<String> awayReason(AgentSession session) {
    if (!session.online()) {
      return Optional.of("signed out");
    }
    return session.isOnBreak() ? Optional.of("on break") : Optional.empty();
  }

  private static @Nullable Offer standing(Conversation conversation) {
    return conversation.queueState() == QueueState.OFFERED
        ? conversation.state().service().offer()
        : null;
  }

  private static boolean isOfferedTo(AgentId agent, Conversation conversation) {
    Offer offer = standing(conversation);
    return offer != null && offer.to().equals(agent);
  }

  private static Conversation with(Conversation conversation, Service service) {
    return conversation.withState(conversation.state().withService(service));
  }

  private static Occurrence about(Conversation conversation, AuditFact fact) {
    return new Occurrence(AuditSubject.of(conversation.inbox(), conversation.id()), fact);
  }
}
