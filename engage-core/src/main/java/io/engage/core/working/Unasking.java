package io.engage.core.working;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.queue.Offer;
import java.util.Optional;

/** Decides what is said of an offer that ends because somebody decided about the conversation. */
public final class Unasking {
  private Unasking() {}

  /** Empty when nobody had been asked, somebody still is, or who was asked has it now. */
  public static Optional<Occurrence> decide(Conversation before, Conversation after) {
    Offer offer = before.state().service().offer();
    if (offer == null
        || after.state().service().offer() != null
        || offer.to().equals(after.state().assignee())) {
      return Optional.empty();
    }
    return Optional.of(
        new Occurrence(
            AuditSubject.of(after.inbox(), after.id()),
            new AuditFact.OfferWithdrawn(offer.to(), reason(before, after))));
  }

  private static String reason(Conversation before, Conversation after) {
    if (!before.inbox().equals(after.inbox())) {
      return "it went to another inbox";
    } else if (after.isEmpty()) {
      return "it was deleted";
    } else if (after.isCompleted()) {
      return "it was completed";
    }
    return after.findAssignee().isPresent() ? "somebody else got it" : "somebody answered it";
  }
}
