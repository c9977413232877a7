package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and erases what could not be read and waits in quarantine, with its bytes. */
final class QuarantineTraces {
  private static final int AT_ONCE = 200;

  private final Parts parts;
  private final BlobRemovals removals;
  private final ServerWishes serverWishes;
  private final Mentions mentions;

  QuarantineTraces(Parts parts) {
    this.parts = parts;
    this.removals = new BlobRemovals(parts);
    this.serverWishes = new ServerWishes(parts);
    this.mentions = new Mentions(parts);
  }

  /** Those that name them. They are read one by one; nothing else knows whom they name. */
  List<LedgerEntry> of(Person person) {
    List<LedgerEntry> found = new ArrayList<>();
    for (StoredAccount each : parts.accounts().all()) {
      found.addAll(in(each, entry -> names(person, entry)));
    }
    return found;
  }

  private boolean names(Person person, LedgerEntry entry) {
    Blob source = entry.source();
    return source != null && mentions.of(person, source);
  }

  /** Those for which an inbox answers, as it does for mail that names nobody, and so old. */
  List<LedgerEntry> olderThan(InboxId inbox, Instant before) {
    List<Inbox> all = parts.storage().inboxes().inboxes();
    List<LedgerEntry> found = new ArrayList<>();
    for (StoredAccount each : parts.accounts().all()) {
      boolean answers =
          parts.accounts().reception().inboxesOf(each.account().id(), all).stream()
              .limit(1)
              .anyMatch(first -> first.id().equals(inbox));
      if (answers) {
        found.addAll(in(each, entry -> entry.source() != null && entry.at().isBefore(before)));
      }
    }
    return found;
  }

  /** Whose mail they may be. */
  Set<InboxId> inboxesOf(List<LedgerEntry> entries) {
    List<Inbox> all = parts.storage().inboxes().inboxes();
    Set<AccountId> accounts =
        entries.stream().map(each -> each.uid().folder().account()).collect(Collectors.toSet());
    return accounts.stream()
        .flatMap(each -> parts.accounts().reception().inboxesOf(each, all).stream())
        .map(Inbox::id)
        .collect(Collectors.toSet());
  }

  private List<LedgerEntry> in(StoredAccount account, Predicate<LedgerEntry> wanted) {
    return account.account().folders().stream()
        .map(folder -> new ServerFolder(account.account().id(), folder))
        .flatMap(folder -> in(folder, wanted).stream())
        .toList();
  }

  private List<LedgerEntry> in(ServerFolder folder, Predicate<LedgerEntry> wanted) {
    List<LedgerEntry> found = new ArrayList<>();
    @Nullable ServerUid after = null;
    List<LedgerEntry> some;
    do {
      some = parts.storage().ledger().quarantined(folder, after, AT_ONCE);
      for (LedgerEntry each : some) {
        after = each.uid();
        if (wanted.test(each)) {
          found.add(each);
        }
      }
    } while (some.size() == AT_ONCE);
    return found;
  }

  /**
   * Erases one, here and on the server; no later import or try brings it back.
   *
   * @return false when it is in quarantine no longer
   */
  boolean erase(LedgerEntry entry, Actor actor, AuditFact fact) {
    return parts
        .committing()
        .retrying(
            () -> {
              boolean isThere =
                  parts.storage().ledger().entries(List.of(entry.uid())).stream()
                      .anyMatch(now -> now.state() == LedgerEntry.State.QUARANTINED);
              if (isThere) {
                commit(entry, actor, fact);
              }
              return isThere;
            });
  }

  private void commit(LedgerEntry entry, Actor actor, AuditFact fact) {
    boolean isCurrent = new CurrentNumbering(parts.storage().ledger()).isOf(entry.uid());
    LedgerEntry tombstone =
        new LedgerEntry(
            entry.uid(),
            LedgerEntry.State.TOMBSTONE,
            "it was erased",
            List.of(),
            null,
            parts.clock().instant());
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .ledgerMoves(List.of(new LedgerMove(LedgerEntry.State.QUARANTINED, tombstone)))
                .documents(
                    removals.of(Stream.ofNullable(entry.source()).map(Blob::digest).toList()))
                .outbox(
                    serverWishes.entries(
                        Map.of(), isCurrent ? Set.of(entry.uid()) : Set.<ServerUid>of()))
                .audit(parts.committing().stamp(actor, AuditSubject.NONE, fact))
                .build());
  }
}
