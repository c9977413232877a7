package io.engage.core;

import io.engage.core.working.Step;
import io.engage.core.working.Step.OnServer;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts what the mail server has to be told into the same change: one outbox entry for each account
 * and sort, and a tombstone for each mail that must never come back.
 */
final class ServerWishes {
  private final Parts parts;

  ServerWishes(Parts parts) {
    this.parts = parts;
  }

  void add(InboxChange.Builder change, List<Step.Changed> changes) {
    Instant now = parts.clock().instant();
    List<OutboxEntry> entries = new ArrayList<>();
    entries.addAll(
        entries(changes, OnServer::seen, uids -> new OutboxTask.MarkSeen(uids, true), now));
    entries.addAll(
        entries(changes, OnServer::unseen, uids -> new OutboxTask.MarkSeen(uids, false), now));
    entries.addAll(
        entries(changes, each -> each.deleted().keySet(), OutboxTask.DeleteOnServer::new, now));
    change.outbox(entries);
    change.ledger(tombstones(changes, now));
  }

  private List<OutboxEntry> entries(
      List<Step.Changed> changes,
      Function<OnServer, Set<ServerUid>> which,
      Function<Set<ServerUid>, OutboxTask> task,
      Instant now) {
    Map<AccountId, Set<ServerUid>> byAccount =
        changes.stream()
            .flatMap(each -> which.apply(each.onServer()).stream())
            .collect(
                Collectors.groupingBy(
                    uid -> uid.folder().account(), LinkedHashMap::new, Collectors.toSet()));
    List<OutboxEntry> entries = new ArrayList<>();
    byAccount.forEach(
        (account, uids) ->
            entries.add(
                new OutboxEntry(
                    OutboxId.of(parts.ids().next()), account, task.apply(uids), now, 0)));
    return entries;
  }

  /** One for each mail on the server, though it may have been a message in several inboxes. */
  private static List<LedgerEntry> tombstones(List<Step.Changed> changes, Instant now) {
    Map<ServerUid, List<Message>> deleted = new LinkedHashMap<>();
    changes.forEach(
        change ->
            change
                .onServer()
                .deleted()
                .forEach(
                    (uid, message) ->
                        deleted.computeIfAbsent(uid, any -> new ArrayList<>()).add(message)));
    List<LedgerEntry> tombstones = new ArrayList<>();
    deleted.forEach((uid, messages) -> tombstones.add(tombstone(uid, messages, now)));
    return tombstones;
  }

  private static LedgerEntry tombstone(ServerUid uid, List<Message> messages, Instant now) {
    return new LedgerEntry(
        uid,
        LedgerEntry.State.TOMBSTONE,
        "an agent deleted it",
        messages.stream().map(Message::id).toList(),
        messages.get(0).source(),
        now);
  }
}
