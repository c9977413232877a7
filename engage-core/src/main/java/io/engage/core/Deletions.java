package io.engage.core;

import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import io.engage.spi.IngestLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which deletions of agents have reached the server. A deletion is owed as long as the mail
 * was not there when the server was told: another program may have moved it at that moment, or the
 * folder may have been renumbered. Once it was there and is gone, what turns up of it was put there
 * by somebody and is not ours to delete.
 */
final class Deletions {
  /** Whatever races with a deletion has been seen by then. */
  static final Duration OWED_FOR = Duration.ofDays(30);

  private final IngestLedger ledger;

  Deletions(IngestLedger ledger) {
    this.ledger = ledger;
  }

  /** Those of the messages that an agent deleted and whose deletion is not owed any more. */
  Set<MessageId> carriedOut(List<Message> messages, Instant now) {
    Set<MessageId> deleted =
        messages.stream()
            .filter(each -> each.state().removal() == Removal.BY_AGENT)
            .map(Message::id)
            .collect(Collectors.toCollection(HashSet::new));
    if (!deleted.isEmpty()) {
      ledger.placesOf(Set.copyOf(deleted)).stream()
          .filter(entry -> isOwed(entry) && entry.at().plus(OWED_FOR).isAfter(now))
          .forEach(entry -> entry.messages().forEach(deleted::remove));
    }
    return deleted;
  }

  /** What the ledger has to remember when the server has deleted these: they are owed nowhere. */
  List<LedgerMove> remembered(Set<ServerUid> deleted, Instant now) {
    Set<MessageId> messages =
        deleted.isEmpty()
            ? Set.of()
            : ledger.entries(deleted).stream()
                .flatMap(entry -> entry.messages().stream())
                .collect(Collectors.toSet());
    return messages.isEmpty()
        ? List.of()
        : ledger.placesOf(messages).stream()
            .filter(Deletions::isOwed)
            .map(entry -> new LedgerMove(entry.state(), entry.withLeftAt(now)))
            .toList();
  }

  private static boolean isOwed(LedgerEntry entry) {
    return entry.state() == LedgerEntry.State.TOMBSTONE && entry.leftAt() == null;
  }
}
