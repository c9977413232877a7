package io.engage.core.receiving;

import io.engage.core.receiving.Receiving.Turn;
import io.engage.core.threading.Belonging;
import io.engage.core.trusting.Trusting.Trust;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerEntry.State;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a mail into an inbox that had not wanted it, because an agent wishes it. What its rules
 * want beside that holds; nobody is answered by it.
 */
final class LettingIn {
  private final Distributing distributing;
  private final Filing filing;

  LettingIn(Distributing distributing, Filing filing) {
    this.distributing = distributing;
    this.filing = filing;
  }

  /**
   * What became of the mail so far.
   *
   * @param entries of its places, as far as the ledger has any
   * @param isCurrent whether the folder of a place still numbers its mails as it did then
   */
  public record Before(List<LedgerEntry> entries, Predicate<ServerUid> isCurrent) {
    public Before {
      entries = List.copyOf(entries);
    }
  }

  /** The mail as its inbox shows it now. */
  Message decide(
      Arrival.Readable believed,
      HeldMail held,
      Before before,
      Belonging belonging,
      Trust trust,
      Turn turn) {
    Draft draft = turn.draft();
    draft.release(held);
    Optional<Message> shown =
        draft.sameBytes(held.source().digest()).stream()
            .filter(each -> each.inbox().equals(held.inbox()) && !each.state().deleted())
            .findFirst();
    Message message = shown.orElseGet(() -> filed(believed, held, before, belonging, trust, turn));
    draft.note(
        AuditSubject.of(message.inbox(), message.conversation(), message.id()),
        new AuditFact.LetIn(held.uid()));
    return message;
  }

  private Message filed(
      Arrival.Readable believed,
      HeldMail held,
      Before before,
      Belonging belonging,
      Trust trust,
      Turn turn) {
    Destination destination = distributing.letIn(believed, held.inbox(), trust, turn);
    Message message = filing.file(believed, destination, belonging, trust, turn).message();
    Optional<LedgerEntry> place = place(held, before);
    Message placed =
        message.withState(message.state().withOnServer(place.map(LedgerEntry::uid).orElse(null)));
    turn.draft().put(placed);
    entries(before, place.orElse(null), placed.id(), turn.now()).forEach(turn.draft()::record);
    return placed;
  }

  /** Where it lies, as far as it is known; nothing that is on its way out counts. */
  private static Optional<LedgerEntry> place(HeldMail held, Before before) {
    Map<ServerUid, LedgerEntry> entries = new LinkedHashMap<>();
    before.entries().forEach(each -> entries.put(each.uid(), each));
    return held.places().stream()
        .flatMap(place -> Optional.ofNullable(entries.get(place)).stream())
        .filter(each -> isMailOfInboxes(each) && each.leftAt() == null)
        .filter(each -> before.isCurrent().test(each.uid()))
        .reduce((earlier, later) -> later);
  }

  /** Tombstones stay what they are: that mail is deleted, whatever becomes of the bytes here. */
  private static List<LedgerEntry> entries(
      Before before, @Nullable LedgerEntry place, MessageId message, Instant now) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry each : before.entries()) {
      if (each.state() == State.IGNORED) {
        boolean isPlace = place == null || place.uid().equals(each.uid());
        entries.add(imported(each, isPlace, message, leftAt(each, before, now), now));
      } else if (isMailOfInboxes(each)) {
        entries.add(with(message, each));
      }
    }
    return entries;
  }

  private static boolean isMailOfInboxes(LedgerEntry entry) {
    return entry.state() == State.IGNORED
        || entry.state() == State.IMPORTED
        || entry.state() == State.DUPLICATE;
  }

  /** What lay under another numbering lies there no more; where it is now, the next sync finds. */
  private static @Nullable Instant leftAt(LedgerEntry entry, Before before, Instant now) {
    return entry.leftAt() == null && !before.isCurrent().test(entry.uid()) ? now : entry.leftAt();
  }

  private static LedgerEntry imported(
      LedgerEntry before,
      boolean isPlace,
      MessageId message,
      @Nullable Instant leftAt,
      Instant now) {
    return new LedgerEntry(
        before.uid(),
        isPlace ? State.IMPORTED : State.DUPLICATE,
        isPlace ? "let in by an agent" : "the same bytes were let in by an agent",
        List.of(message),
        before.source(),
        now,
        leftAt);
  }

  /** Another inbox took it before. */
  private static LedgerEntry with(MessageId message, LedgerEntry before) {
    List<MessageId> messages = new ArrayList<>(before.messages());
    messages.add(message);
    return new LedgerEntry(
        before.uid(),
        before.state(),
        before.reason(),
        messages,
        before.source(),
        before.at(),
        before.leftAt());
  }
}
