package io.engage.core;

import io.engage.model.address.PhoneNumber;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsLine;
import io.engage.model.sms.SmsPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is stored about text messages: whose number is whose, who has agreed, what is said. */
final class TextLines {
  private final Parts parts;

  TextLines(Parts parts) {
    this.parts = parts;
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

  SmsConsent consent(PhoneNumber ours, PhoneNumber theirs) {
    return find(SmsConsent.keyOf(ours, theirs))
        .map(SmsConsent.class::cast)
        .orElseGet(() -> SmsConsent.none(ours, theirs));
  }

  List<Document> find(Collection<DocumentKey> keys) {
    return keys.isEmpty() ? List.of() : parts.storage().documents().find(keys);
  }

  Optional<Document> find(DocumentKey key) {
    return find(List.of(key)).stream().findFirst();
  }
}
