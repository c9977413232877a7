package io.engage.core;

import io.engage.core.queueing.Offers;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back offers that nobody answered in time, and those that cannot stand any more. */
final class StandingOffers {
  private static final Logger LOG = LoggerFactory.getLogger(StandingOffers.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int AT_ONCE = 100;
  private static final int REVIEWED_AT_ONCE = 500;

  private final Parts parts;
  private final SessionKeeping sessions;
  private final OfferAnswers answers;
  private final Offers offers = new Offers();
  private volatile Instant lapsed = Instant.MIN;

  StandingOffers(Parts parts) {
    this.parts = parts;
    this.sessions = new SessionKeeping(parts);
    this.answers = new OfferAnswers(parts);
  }

  /** What nobody answered. Ends when none of those that are due could be taken back. */
  void lapse() {
    lapsed = parts.clock().instant();
    List<Conversation> ended;
    long takenBack;
    do {
      ended = offered(lapsed, Page.Request.first(AT_ONCE)).items();
      takenBack = ended.stream().filter(each -> isTakenBack(each, answers::lapse)).count();
    } while (ended.size() == AT_ONCE && takenBack > 0);
  }

  /** The same, unless it was just looked at. */
  void lapseAgain() {
    if (!parts.clock().instant().isBefore(lapsed.plus(PAUSE))) {
      lapse();
    }
  }

  /** What was offered to somebody who may have gone. */
  void withdrawOf(AgentId agent) {
    parts.storage().queues().offeredTo(agent).forEach(each -> isTakenBack(each, answers::withdraw));
  }

  /**
   * Looks at everything that is offered: the node that was to take something back may have died, or
   * nobody told that it has to be.
   *
   * @param inboxes all of them, as they are set up now
   */
  void review(Collection<Inbox> inboxes, BooleanSupplier mayGoOn) {
    Map<InboxId, Inbox> byId =
        inboxes.stream().collect(Collectors.toMap(Inbox::id, Function.identity()));
    HostsWord host = new HostsWord(parts);
    Page.Request request = Page.Request.first(REVIEWED_AT_ONCE);
    while (request != null && mayGoOn.getAsBoolean()) {
      lapseAgain();
      Page<Conversation> page = offered(Instant.MAX, request);
      fallen(page.items(), byId, host).forEach(each -> isTakenBack(each, answers::withdraw));
      request = page.findNext().map(request::after).orElse(null);
    }
  }

  private Page<Conversation> offered(Instant until, Page.Request request) {
    return parts.storage().queues().offeredUntil(until, request);
  }

  private List<Conversation> fallen(
      Collection<Conversation> offered, Map<InboxId, Inbox> inboxes, HostsWord host) {
    Map<AgentId, AgentSession> of =
        sessions.find(offered.stream().map(each -> offerOf(each).to()).distinct().toList()).stream()
            .collect(Collectors.toMap(each -> each.agent().id(), Function.identity()));
    return offered.stream()
        .filter(
            each -> {
              Inbox inbox = inboxes.get(each.inbox());
              return inbox != null && !mayStand(sessionOf(each, of), inbox, host);
            })
        .toList();
  }

  private AgentSession sessionOf(Conversation offered, Map<AgentId, AgentSession> known) {
    AgentId agent = offerOf(offered).to();
    AgentSession session = known.get(agent);
    return session == null
        ? AgentSession.never(new Agent(agent, agent.value()), parts.clock().instant())
        : session;
  }

  /** The host is asked when there is no other reason. */
  private boolean mayStand(AgentSession session, Inbox inbox, HostsWord host) {
    return offers.whyNotStanding(session, inbox, null).isEmpty()
        && host.refusal(session.agent(), inbox.id()).isEmpty();
  }

  private static Offer offerOf(Conversation offered) {
    return Objects.requireNonNull(offered.state().service().offer());
  }

  /** One that fails holds up no other. */
  private static boolean isTakenBack(Conversation each, Predicate<ConversationId> takeBack) {
    try {
      return takeBack.test(each.id());
    } catch (RuntimeException later) {
      LOG.warn(
          "The offer of conversation '{}' could not be taken back; it is tried again soon",
          each.id(),
          LoggedFailure.of(later));
      return false;
    }
  }
}
