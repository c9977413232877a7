package io.engage.core.working;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.queue.Offer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The same of many; what is new was offered to nobody. */
  public static List<Occurrence> decide(
      Collection<Conversation> before, Collection<Conversation> after) {
    Map<ConversationId, Conversation> known =
        before.stream().collect(Collectors.toMap(Conversation::id, Function.identity()));
    return after.stream()
        .flatMap(
            each ->
                Stream.ofNullable(known.get(each.id())).flatMap(old -> decide(old, each).stream()))
        .toList();
  }

  private static String reason(Conversation before, Conversation after) {
    if (!before.inbox().equals(after.inbox())) {
      return "it went to another inbox";
    } else if (after.isEmpty()) {
      return "nothing is left of it";
    } else if (after.isCompleted()) {
      return "it was completed";
    }
    return after.findAssignee().isPresent() ? "somebody else got it" : "somebody answered it";
  }
}
