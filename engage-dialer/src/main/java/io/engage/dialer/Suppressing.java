package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.naming.Refusal;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Recipient;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Suppression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps later mailings from addresses that want none, or are none. */
final class Suppressing {
  /** What must not be sent to them: bulk mail, never an answer of a person or a receipt. */
  static final String SCOPE = "bulk";

  private final Foundation foundation;

  Suppressing(Foundation foundation) {
    this.foundation = foundation;
  }

  /**
   * That somebody gets no bulk mail any more.
   *
   * @param reason in words without anything about the person
   */
  record Wish(Recipient recipient, Campaign campaign, String reason) {}

  /** When this returns, all of them are kept. Those that were before are passed over. */
  void suppress(List<Wish> wishes, Actor by) {
    if (!wishes.isEmpty()) {
      foundation.retrying(() -> keep(wishes, by));
    }
  }

  /**
   * The same for somebody of whom only their link is left.
   *
   * @param subject the inbox that wrote to them, if that is still known
   */
  void suppress(Refusal refusal, AuditSubject subject, String reason) {
    foundation.retrying(() -> keep(refusal, subject, reason));
  }

  private boolean keep(Refusal refusal, AuditSubject subject, String reason) {
    Suppression kept =
        new Suppression(refusal.pseudonym(), SCOPE, reason, foundation.clock().instant(), 0);
    boolean isNew = foundation.storage().documents().find(List.of(kept.key())).isEmpty();
    if (isNew) {
      foundation.commit(
          InboxChange.builder().document(kept),
          Actor.CUSTOMER,
          subject,
          new AuditFact.Suppressed(refusal.campaign(), reason));
    }
    return isNew;
  }

  private boolean keep(List<Wish> wishes, Actor by) {
    List<EmailAddress> addresses = wishes.stream().flatMap(each -> address(each).stream()).toList();
    Set<String> known =
        foundation.suppressed(addresses, SCOPE).stream()
            .map(Suppressing::caseless)
            .collect(Collectors.toCollection(HashSet::new));
    InboxChange.Builder change = InboxChange.builder();
    List<Occurrence> occurrences = new ArrayList<>();
    for (Wish wish : wishes) {
      address(wish)
          .filter(address -> known.add(caseless(address)))
          .ifPresent(
              address -> {
                change.document(
                    foundation.suppression(
                        address, SCOPE, wish.reason(), foundation.clock().instant()));
                occurrences.add(
                    new Occurrence(
                        AuditSubject.of(wish.campaign().inbox()),
                        new AuditFact.Suppressed(wish.campaign().id(), wish.reason())));
              });
    }
    if (!occurrences.isEmpty()) {
      foundation.commit(change, by, occurrences);
    }
    return true;
  }

  /** As their pseudonyms are made. */
  private static String caseless(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }

  private static Optional<EmailAddress> address(Wish wish) {
    return EmailAddress.parse(wish.recipient().address());
  }
}
