package io.engage.core;

import io.engage.core.queueing.OfferStep;
import io.engage.core.queueing.OfferWord;
import io.engage.core.queueing.Offers;
import io.engage.model.audit.Actor;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Offer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what is said to an offer: each time one commit of the conversation and of the session
 * of whom it concerns, so that whoever is late finds other versions.
 */
final class OfferAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(OfferAnswers.class);

  private final Parts parts;
  private final SessionKeeping sessions;
  private final Situations situations;
  private final Offers offers = new Offers();

  OfferAnswers(Parts parts) {
    this.parts = parts;
    this.sessions = new SessionKeeping(parts);
    this.situations = new Situations(parts);
  }

  /**
   * Decides and commits once.
   *
   * @throws io.engage.spi.StaleVersion when somebody was faster
   */
  Outcome<Conversation> settle(
      OfferWord word, Conversation conversation, AgentSession session, Inbox inbox, Actor actor) {
    OfferStep step = offers.decide(word, conversation, session, inbox, parts.clock().instant());
    if (step instanceof OfferStep.Changed changed) {
      commit(changed, actor);
      Conversation after = changed.conversation();
      return new Outcome.Done<>(after.withVersion(after.version() + 1));
    } else if (step instanceof OfferStep.Refused refused) {
      return new Outcome.Refused<>(refused.reason());
    }
    return step instanceof OfferStep.Overtaken
        ? new Outcome.Overtaken<>(conversation)
        : new Outcome.AlreadySo<>();
  }

  private void commit(OfferStep.Changed changed, Actor actor) {
    List<Occurrence> occurrences = changed.occurrences();
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(List.of(changed.conversation()))
                .document(changed.session())
                .audit(parts.committing().stamp(actor, occurrences))
                .build());
  }

  /**
   * Takes back to its place what was offered and not answered in time. Who could not have answered,
   * since the offer could not stand any more, is not taken to be away for it.
   */
  boolean lapse(ConversationId id) {
    return onOffered(
        id,
        (conversation, session, inbox) ->
            offers
                .whyNotStanding(session, inbox, refusalOrSilence(session, inbox))
                .<OfferWord>map(OfferWord.Withdraw::new)
                .orElseGet(OfferWord.Lapse::new));
  }

  /** Takes back an offer that cannot stand any more; one that can is left. */
  boolean withdraw(ConversationId id) {
    return onOffered(
        id,
        (conversation, session, inbox) ->
            offers
                .whyNotStanding(session, inbox, refusal(session, inbox))
                .map(OfferWord.Withdraw::new)
                .orElse(null));
  }

  private @Nullable String refusal(AgentSession session, Inbox inbox) {
    return Permitting.refusal(
            parts.permissions().check(session.agent(), AgentAction.BE_OFFERED, List.of(inbox.id())),
            inbox.id())
        .orElse(null);
  }

  /** While the host says nothing, the agent could not answer either. */
  private @Nullable String refusalOrSilence(AgentSession session, Inbox inbox) {
    try {
      return refusal(session, inbox);
    } catch (RuntimeException unavailable) {
      LOG.warn(
          "The host did not say whether agent '{}' may be offered what is in inbox '{}'",
          session.agent().id(),
          inbox.id(),
          LoggedFailure.of(unavailable));
      return "the host did not say whether it may stand";
    }
  }

  private interface Say {
    @Nullable OfferWord to(Conversation conversation, AgentSession session, Inbox inbox);
  }

  private boolean onOffered(ConversationId id, Say say) {
    return parts.committing().retrying(() -> saidOnce(id, say));
  }

  private boolean saidOnce(ConversationId id, Say say) {
    Optional<Conversation> found =
        parts.storage().inboxes().conversations(List.of(id)).stream().findFirst();
    Offer offer = found.map(each -> each.state().service().offer()).orElse(null);
    if (found.isEmpty() || offer == null) {
      return false;
    }
    Conversation conversation = found.get();
    AgentSession session = sessions.of(new Agent(offer.to(), offer.to().value()));
    Inbox inbox = situations.inbox(conversation.inbox());
    OfferWord word = say.to(conversation, session, inbox);
    return word != null && settle(word, conversation, session, inbox, Actor.DISTRIBUTION).isDone();
  }
}
