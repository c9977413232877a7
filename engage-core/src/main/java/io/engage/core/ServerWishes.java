package io.engage.core;

import io.engage.core.working.Step;
import io.engage.core.working.Step.OnServer;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the mail server has to be told into the same change: one outbox entry for each account
 * and sort, and a tombstone for each mail that must never come back. A message may lie at several
 * places on the server, as copies do; all of them are meant.
 */
final class ServerWishes {
  private final Parts parts;

  ServerWishes(Parts parts) {
    this.parts = parts;
  }

  /**
   * @param shared the bytes of mails that other inboxes still show: nothing is deleted of those
   */
  void add(InboxChange.Builder change, List<Step.Changed> changes, Set<ContentDigest> shared) {
    Set<ServerUid> seen = of(changes, OnServer::seen);
    Set<ServerUid> unseen = of(changes, OnServer::unseen);
    Map<ServerUid, List<Message>> deleted = deleted(changes, shared);
    List<Message> marked =
        changes.stream()
            .filter(
                each -> !each.onServer().seen().isEmpty() || !each.onServer().unseen().isEmpty())
            .flatMap(each -> each.messages().stream())
            .toList();
    if (!marked.isEmpty()) {
      places(marked)
          .forEach((uid, messages) -> (messages.get(0).state().read() ? seen : unseen).add(uid));
    }
    Map<ServerUid, Boolean> marks = new LinkedHashMap<>();
    unseen.forEach(uid -> marks.put(uid, false));
    seen.forEach(uid -> marks.put(uid, true));
    change.outbox(entries(marks, deleted.keySet()));
    change.ledgerMoves(tombstones(deleted));
  }

  /** The same for mails that are to be marked as read, or as not read, and for some to delete. */
  List<OutboxEntry> entries(Map<ServerUid, Boolean> marks, Set<ServerUid> deleted) {
    List<OutboxEntry> entries = new ArrayList<>();
    Map<Boolean, Set<ServerUid>> bySeen = new LinkedHashMap<>();
    marks.forEach(
        (uid, seen) -> bySeen.computeIfAbsent(seen, any -> new LinkedHashSet<>()).add(uid));
    bySeen.forEach(
        (seen, uids) ->
            byAccount(uids).forEach((account, some) -> entries.add(marks(account, some, seen))));
    byAccount(deleted).forEach((account, uids) -> entries.add(deletes(account, uids)));
    return entries;
  }

  private OutboxEntry marks(AccountId account, Set<ServerUid> uids, boolean seen) {
    return entry(account, new OutboxTask.MarkSeen(uids, seen));
  }

  private OutboxEntry deletes(AccountId account, Set<ServerUid> uids) {
    return entry(account, new OutboxTask.DeleteOnServer(uids));
  }

  private OutboxEntry entry(AccountId account, OutboxTask task) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()), account, task, parts.clock().instant(), 0);
  }

  private static Set<ServerUid> of(
      List<Step.Changed> changes, Function<OnServer, Set<ServerUid>> which) {
    Set<ServerUid> uids = new LinkedHashSet<>();
    changes.forEach(each -> uids.addAll(which.apply(each.onServer())));
    return uids;
  }

  private static Map<AccountId, Set<ServerUid>> byAccount(Collection<ServerUid> uids) {
    return uids.stream()
        .collect(
            Collectors.groupingBy(
                uid -> uid.folder().account(), LinkedHashMap::new, Collectors.toSet()));
  }

  /** One for each mail on the server, though it may have been a message in several inboxes. */
  private Map<ServerUid, List<Message>> deleted(
      List<Step.Changed> changes, Set<ContentDigest> shared) {
    Map<ServerUid, List<Message>> deleted = new LinkedHashMap<>();
    List<Message> gone = new ArrayList<>();
    for (Step.Changed change : changes) {
      change
          .onServer()
          .deleted()
          .forEach(
              (uid, message) ->
                  deleted.computeIfAbsent(uid, any -> new ArrayList<>()).add(message));
      change.messages().stream()
          .filter(each -> each.state().removal() == Removal.BY_AGENT || each.state().erased())
          .filter(each -> each.direction() == Direction.INBOUND)
          .filter(each -> !shared.contains(each.source().digest()))
          .forEach(gone::add);
    }
    places(gone).forEach(deleted::putIfAbsent);
    return deleted;
  }

  /** Where these lie, under the UIDVALIDITY that each folder has now. */
  private Map<ServerUid, List<Message>> places(List<Message> messages) {
    Map<MessageId, Message> byId = new HashMap<>();
    messages.forEach(each -> byId.put(each.id(), each));
    Map<ServerUid, List<Message>> places = new LinkedHashMap<>();
    if (!byId.isEmpty()) {
      CurrentNumbering numbering = new CurrentNumbering(parts.storage().ledger());
      for (LedgerEntry entry : parts.storage().ledger().placesOf(byId.keySet())) {
        if (numbering.isOf(entry.uid())) {
          places.put(
              entry.uid(),
              entry.messages().stream().filter(byId::containsKey).map(byId::get).toList());
        }
      }
    }
    return places;
  }

  private List<LedgerMove> tombstones(Map<ServerUid, List<Message>> deleted) {
    if (deleted.isEmpty()) {
      return List.of();
    }
    Instant now = parts.clock().instant();
    Map<ServerUid, LedgerEntry> before = new HashMap<>();
    parts
        .storage()
        .ledger()
        .entries(deleted.keySet())
        .forEach(entry -> before.put(entry.uid(), entry));
    List<LedgerMove> tombstones = new ArrayList<>();
    deleted.forEach(
        (uid, messages) -> tombstones.add(tombstone(uid, messages, before.get(uid), now)));
    return tombstones;
  }

  private static LedgerMove tombstone(
      ServerUid uid, List<Message> messages, @Nullable LedgerEntry before, Instant now) {
    Set<MessageId> ids = new LinkedHashSet<>(before == null ? List.of() : before.messages());
    messages.forEach(each -> ids.add(each.id()));
    return new LedgerMove(
        before == null ? null : before.state(),
        new LedgerEntry(
            uid,
            LedgerEntry.State.TOMBSTONE,
            "an agent deleted it",
            List.copyOf(ids),
            messages.get(0).source(),
            now));
  }
}
