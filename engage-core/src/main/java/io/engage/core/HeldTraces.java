package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.NotFound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds and erases what a person wrote and no inbox took: it is held for review all the same. */
final class HeldTraces {
  private static final int AT_ONCE = 200;

  private final Parts parts;
  private final BlobRemovals removals;
  private final ServerWishes serverWishes;

  HeldTraces(Parts parts) {
    this.parts = parts;
    this.removals = new BlobRemovals(parts);
    this.serverWishes = new ServerWishes(parts);
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
    if (person.addresses().stream()
        .anyMatch(each -> each.value().equalsIgnoreCase(held.sender()))) {
      return true;
    }
    try {
      return person.isNamedIn(
          parts.mail().format().parse(new StoredContent(parts.blobs(), held.source())).headers());
    } catch (IOException | NotFound unreadable) {
      return false;
    }
  }

  /** Erases one, here and on the server; no later import brings it back. */
  void erase(HeldMail held, Actor actor, String pseudonym) {
    parts
        .committing()
        .retrying(
            () -> {
              List<LedgerMove> tombstones = tombstones(held);
              Set<ServerUid> deleted =
                  new CurrentNumbering(parts.storage().ledger()).isOf(held.uid())
                          && !tombstones.isEmpty()
                      ? Set.of(held.uid())
                      : Set.of();
              parts
                  .committing()
                  .commit(
                      InboxChange.builder()
                          .dropDocuments(List.of(held.key()))
                          .document(removals.of(List.of(held.source().digest())))
                          .ledgerMoves(tombstones)
                          .outbox(serverWishes.entries(Map.of(), deleted))
                          .audit(
                              parts
                                  .committing()
                                  .stamp(
                                      actor,
                                      AuditSubject.of(held.inbox()),
                                      new AuditFact.PersonErased(pseudonym, 1)))
                          .build());
              return held;
            });
  }

  /** A mail that another inbox took is a message there, and goes with that. */
  private List<LedgerMove> tombstones(HeldMail held) {
    return parts.storage().ledger().entries(List.of(held.uid())).stream()
        .filter(each -> each.state() == LedgerEntry.State.IGNORED)
        .map(
            each ->
                new LedgerMove(
                    each.state(),
                    new LedgerEntry(
                        each.uid(),
                        LedgerEntry.State.TOMBSTONE,
                        "it was erased",
                        List.of(),
                        each.source(),
                        parts.clock().instant())))
        .toList();
  }
}
