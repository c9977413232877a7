package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes for good what is kept for review: here, and on the server wherever it lies. What turns up
 * of it later is deleted there too. As long as another inbox shows the mail, or keeps it for review
 * as well, it stays on the server.
 */
final class HeldRemoval {
  private final Parts parts;
  private final BlobRemovals removals;
  private final ServerWishes serverWishes;
  private final Actor actor;
  private final String reason;

  /**
   * @param reason for the ledger
   */
  HeldRemoval(Parts parts, Actor actor, String reason) {
    this.parts = parts;
    this.removals = new BlobRemovals(parts);
    this.serverWishes = new ServerWishes(parts);
    this.actor = actor;
    this.reason = reason;
  }

  /**
   * When this returns true, that is committed.
   *
   * @return false when it is not kept for review any more: it was let in, or deleted, meanwhile
   */
  boolean remove(DocumentKey key, AuditFact fact) {
    return parts
        .committing()
        .retrying(
            () -> {
              Optional<HeldMail> held = find(HeldMail.class, Set.of(key)).stream().findFirst();
              held.ifPresent(found -> commit(found, fact));
              return held.isPresent();
            });
  }

  private void commit(HeldMail held, AuditFact fact) {
    ContentDigest content = held.source().digest();
    HeldTrace trace =
        find(HeldTrace.class, Set.of(HeldTrace.keyOf(content))).stream()
            .findFirst()
            .orElseGet(() -> HeldTrace.none(content))
            .without(held);
    List<HeldMail> others =
        find(
            HeldMail.class, trace.held().stream().map(HeldMail::keyOf).collect(Collectors.toSet()));
    boolean isShown = isShown(content);
    List<LedgerEntry> goes = isShown ? List.of() : ignored(onlyOf(held, others));
    Set<ServerUid> places = goes.stream().map(LedgerEntry::uid).collect(Collectors.toSet());
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .drop(held)
                .document(trace.deletedFrom(isShown ? Set.of() : left(held, others)))
                .documents(removals.of(List.of(content)))
                .ledgerMoves(goes.stream().map(this::tombstone).toList())
                .outbox(serverWishes.entries(Map.of(), current(places)))
                .audit(parts.committing().stamp(actor, AuditSubject.of(held.inbox()), fact))
                .build());
  }

  /** A mail that another inbox took is a message there, and goes with that. */
  private boolean isShown(ContentDigest content) {
    return parts.storage().persons().usesOf(List.of(content), List.of()).stream()
        .anyMatch(use -> use.by() == BlobUse.By.SHOWN_MESSAGE);
  }

  private static Set<ServerUid> onlyOf(HeldMail held, List<HeldMail> others) {
    Set<ServerUid> places = new HashSet<>(held.places());
    others.forEach(each -> places.removeAll(each.places()));
    return places;
  }

  /** The accounts where nothing keeps it any more. */
  private static Set<AccountId> left(HeldMail held, List<HeldMail> others) {
    return held.places().stream()
        .map(place -> place.folder().account())
        .filter(account -> others.stream().noneMatch(each -> each.isFrom(account)))
        .collect(Collectors.toSet());
  }

  private List<LedgerEntry> ignored(Set<ServerUid> places) {
    return parts.storage().ledger().entries(places).stream()
        .filter(each -> each.state() == LedgerEntry.State.IGNORED)
        .toList();
  }

  private Set<ServerUid> current(Collection<ServerUid> places) {
    CurrentNumbering numbering = new CurrentNumbering(parts.storage().ledger());
    return places.stream().filter(numbering::isOf).collect(Collectors.toSet());
  }

  private LedgerMove tombstone(LedgerEntry before) {
    return new LedgerMove(
        before.state(),
        new LedgerEntry(
            before.uid(),
            LedgerEntry.State.TOMBSTONE,
            reason,
            List.of(),
            before.source(),
            parts.clock().instant()));
  }

  private <T extends Document> List<T> find(Class<T> kind, Set<DocumentKey> keys) {
    return keys.isEmpty()
        ? List.of()
        : parts.storage().documents().find(keys).stream()
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
  }
}
