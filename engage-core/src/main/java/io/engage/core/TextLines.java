package io.engage.core;

import io.engage.core.consenting.Standing;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Suppression;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsLine;
import io.engage.model.sms.SmsPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is stored about text messages: whose number is whose, who has agreed, what is said. */
final class TextLines {
  private final Parts parts;
  private final Suppressions suppressions;

  TextLines(Parts parts) {
    this.parts = parts;
    this.suppressions = new Suppressions(parts);
  }

  Optional<Inbox> inboxAt(PhoneNumber number) {
    return inboxes().stream().filter(inbox -> isAt(inbox, number)).findFirst();
  }

  Optional<Inbox> inbox(InboxId id) {
    return inboxes().stream().filter(inbox -> inbox.id().equals(id)).findFirst();
  }

  List<Inbox> inboxes() {
    return parts.storage().inboxes().inboxes();
  }

  private static boolean isAt(Inbox inbox, PhoneNumber number) {
    SmsLine line = inbox.settings().sms();
    return line != null && line.number().equals(number);
  }

  SmsPolicy policy() {
    return find(SmsPolicy.KEY).map(SmsPolicy.class::cast).orElseGet(SmsPolicy::usual);
  }

  /** How somebody stands, also when they refused before they were erased. */
  SmsConsent consent(PhoneNumber ours, PhoneNumber theirs) {
    List<DocumentKey> keys = new ArrayList<>(suppressions.keysOf(theirs));
    keys.add(SmsConsent.keyOf(ours, theirs));
    SmsConsent stored = SmsConsent.none(ours, theirs);
    List<Suppression> refusals = new ArrayList<>();
    for (Document each : find(keys)) {
      if (each instanceof SmsConsent consent) {
        stored = consent;
      } else if (each instanceof Suppression refusal) {
        refusals.add(refusal);
      }
    }
    return Standing.decide(stored, refusals);
  }

  List<Document> find(Collection<DocumentKey> keys) {
    return keys.isEmpty() ? List.of() : parts.storage().documents().find(keys);
  }

  Optional<Document> find(DocumentKey key) {
    return find(List.of(key)).stream().findFirst();
  }
}
