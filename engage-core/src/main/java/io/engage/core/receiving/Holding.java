package io.engage.core.receiving;

import static java.util.Objects.requireNonNull;

import io.engage.core.receiving.Receiving.Turn;
import io.engage.model.address.Address;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.ContentDigest;
import java.util.List;
import java.util.Optional;

/**
 * Keeps for review what an inbox does not take, and knows it again wherever it turns up in its
 * account: as what is filed, it is not distributed anew, though rules and inboxes have changed.
 */
final class Holding {
  private Holding() {}

  /** What is kept of it already, from the same account. */
  static List<HeldMail> known(Arrival.Readable arrival, Draft draft) {
    return draft.held(digest(arrival)).stream()
        .filter(held -> held.isFrom(account(arrival)))
        .toList();
  }

  /** Whether it was kept for review once, and deleted for good. */
  static boolean isDeleted(Arrival.Readable arrival, Draft draft) {
    return draft.trace(digest(arrival)).deletedFrom().contains(account(arrival));
  }

  /** The same mail lies here too. */
  static void follow(List<HeldMail> known, Arrival.Readable arrival, Draft draft) {
    known.forEach(held -> draft.put(held.withUid(arrival.uid())));
  }

  static String refusal(HeldMail held) {
    return refusal(held.inbox().value(), held.reason());
  }

  /** It opens nothing; it is kept, and so is the reason. */
  static String decide(Arrival.Readable arrival, Destination destination, Turn turn) {
    Draft draft = turn.draft();
    Optional<HeldMail> before =
        draft.held(digest(arrival)).stream()
            .filter(held -> held.inbox().equals(destination.inbox().id()))
            .findFirst();
    if (before.isPresent()) {
      draft.put(before.get().withUid(arrival.uid()));
    } else {
      draft.put(held(arrival, destination));
      note(arrival, destination, draft);
    }
    return refusal(destination.inbox().id().value(), destination.reason());
  }

  private static HeldMail held(Arrival.Readable arrival, Destination destination) {
    return new HeldMail(
        HeldMail.idOf(
            destination.inbox().id(), arrival.mail().source(), arrival.mail().receivedAt()),
        List.of(arrival.uid()),
        destination.inbox().id(),
        requireNonNull(destination.cause(), "cause"),
        destination.reason(),
        arrival.mail().source(),
        arrival.mail().receivedAt(),
        arrival.sender().map(Address::value).orElse(""),
        Previews.of(arrival.parsed().headers().subject()),
        0);
  }

  private static void note(Arrival.Readable arrival, Destination destination, Draft draft) {
    AuditSubject subject = AuditSubject.of(destination.inbox().id());
    if (destination.ruled().applied()) {
      draft.note(
          subject,
          new AuditFact.RulesApplied(destination.ruled().names(), destination.ruled().grounds()));
    }
    draft.note(subject, new AuditFact.Ignored(arrival.uid(), destination.reason()));
  }

  private static String refusal(String inbox, String reason) {
    return "inbox '%s': %s".formatted(inbox, reason);
  }

  private static ContentDigest digest(Arrival.Readable arrival) {
    return arrival.mail().source().digest();
  }

  private static AccountId account(Arrival.Readable arrival) {
    return arrival.uid().folder().account();
  }
}
