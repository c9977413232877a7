package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds and erases what a person wrote and no inbox took: it is held for review all the same. */
final class HeldTraces {
  private static final int AT_ONCE = 200;

  private final Parts parts;
  private final Mentions mentions;

  HeldTraces(Parts parts) {
    this.parts = parts;
    this.mentions = new Mentions(parts);
  }

  /** The held mails that name them. They are read one by one; nothing else knows whom they name. */
  List<HeldMail> of(Person person) {
    List<HeldMail> found = new ArrayList<>();
    for (Inbox inbox : parts.storage().inboxes().inboxes()) {
      collect(inbox.id(), person, found);
    }
    return found;
  }

  private void collect(InboxId inbox, Person person, List<HeldMail> found) {
    String after = "";
    List<Document> some;
    do {
      some =
          parts
              .storage()
              .documents()
              .ofOwner(DocumentKey.Kind.HELD_MAIL, inbox.value(), after, AT_ONCE);
      for (Document each : some) {
        after = each.key().id();
        if (each instanceof HeldMail held && concerns(person, held)) {
          found.add(held);
        }
      }
    } while (some.size() == AT_ONCE);
  }

  private boolean concerns(Person person, HeldMail held) {
    return person.addresses().stream()
            .anyMatch(each -> each.value().equalsIgnoreCase(held.sender()))
        || mentions.of(person, held.source());
  }

  /** A piece of what an inbox did not take before this moment; the next one when it is erased. */
  List<HeldMail> olderThan(InboxId inbox, Instant before) {
    return parts
        .storage()
        .documents()
        .ofOwner(
            DocumentKey.Kind.HELD_MAIL,
            inbox.value(),
            HeldMail.idBehindWhichAreOlder(before),
            AT_ONCE)
        .stream()
        .map(HeldMail.class::cast)
        .toList();
  }

  /**
   * Erases one, here and on the server; no later import brings it back.
   *
   * @return false when it is not kept for review any more
   */
  boolean erase(HeldMail held, Actor actor, AuditFact fact) {
    return new HeldRemoval(parts, actor, "it was erased").remove(held.key(), fact);
  }
}
