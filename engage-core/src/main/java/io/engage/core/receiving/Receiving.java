package io.engage.core.receiving;

import io.engage.core.classifying.Bounce;
import io.engage.core.classifying.BouncedRecipient;
import io.engage.core.classifying.Classification;
import io.engage.core.deduplicating.Deduplicating;
import io.engage.core.linking.Linking;
import io.engage.core.threading.Belonging;
import io.engage.core.threading.Threading;
import io.engage.core.trusting.Trusting;
import io.engage.core.trusting.Trusting.Trust;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides what a batch of mail from one folder changes. Mails are taken in their order, and each
 * sees what the ones before it did.
 */
public final class Receiving {
  private final Threading threading;
  private final Trusting trusting;
  private final Distributing distributing = new Distributing();
  private final Deduplicating deduplicating = new Deduplicating();
  private final Filing filing = new Filing(new Linking());
  private final AnsweringByItself answering;

  public Receiving(Threading threading, Trusting trusting) {
    this.threading = threading;
    this.trusting = trusting;
    this.answering = new AnsweringByItself(threading);
  }

  /**
   * @param known about these mails; its inboxes must not be empty
   * @param newIds gives ids that nobody has
   */
  public Plan decide(List<Arrival> batch, Known known, Instant now, Supplier<String> newIds) {
    Draft draft = new Draft(known);
    noteRenumbering(batch, known, draft);
    for (Arrival arrival : batch) {
      if (draft.isRecorded(arrival.uid())) {
        continue;
      }
      if (arrival instanceof Arrival.Unreadable unreadable) {
        quarantine(unreadable, draft, now);
      } else if (arrival instanceof Arrival.Readable readable) {
        receive(readable, new Turn(known, draft, now, newIds));
      }
    }
    return draft.plan();
  }

  /**
   * When something is decided.
   *
   * @param newIds gives ids that nobody has
   */
  public record Moment(Instant now, Supplier<String> newIds) {}

  /** What one mail is decided with. */
  record Turn(Known known, Draft draft, Instant now, Supplier<String> newIds) {}

  /** Whose conversation, how sure, known already, which inbox? Then it is filed or held. */
  private void receive(Arrival.Readable arrival, Turn turn) {
    Draft draft = turn.draft();
    Belonging belonging = threading.decide(asked(arrival, turn), draft);
    Trust trust = trusting.decide(arrival.parsed(), belonging.hasToken());
    List<Message> present =
        deduplicating.decide(
            turn.known().inboxes(),
            turn.known().fromHere(),
            draft.sameBytes(arrival.mail().source().digest()));
    List<HeldMail> held = Holding.known(arrival, draft);
    boolean isKnown = !present.isEmpty() || !held.isEmpty();
    if (!isKnown && Holding.isDeleted(arrival, draft)) {
      deleteAgain(arrival, draft, turn.now());
      return;
    }
    List<MessageId> fresh = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    if (!isKnown) {
      Arrival.Readable believed = arrival.believed(trust.level());
      for (Destination each : distributing.decide(believed, belonging, trust, turn)) {
        if (each.cause() == null) {
          fresh.add(take(believed, each, belonging, trust, turn));
        } else {
          refusals.add(Holding.decide(believed, each, turn));
        }
      }
    }
    Locating locating = new Locating(draft, turn.known().deleted());
    locating.decide(arrival.mail(), present);
    boolean deletionOwed = locating.isDeletionOwed(present);
    if (!deletionOwed) {
      Holding.follow(held, arrival, draft);
    }
    if (present.isEmpty()) {
      held.forEach(each -> refusals.add(Holding.refusal(each)));
    }
    draft.record(entry(arrival, fresh, present, refusals, deletionOwed, turn.now()));
    if (arrival.classification().bounce() != null && !fresh.isEmpty()) {
      settleBounce(arrival, arrival.classification().bounce(), draft);
    }
  }

  /** It was kept for review and deleted for good; so is what turns up of it. */
  private static void deleteAgain(Arrival.Readable arrival, Draft draft, Instant now) {
    draft.delete(arrival.uid());
    draft.note(AuditSubject.NONE, new AuditFact.DeletionRepeated(arrival.uid()));
    draft.record(
        ledgerEntry(arrival, LedgerEntry.State.TOMBSTONE, "deleted here before", List.of(), now));
  }

  private MessageId take(
      Arrival.Readable arrival,
      Destination destination,
      Belonging belonging,
      Trust trust,
      Turn turn) {
    Filing.Filed filed = filing.file(arrival, destination, belonging, trust, turn);
    answering.decide(new AnsweringByItself.Asked(arrival, destination, filed, trust), turn);
    return filed.message().id();
  }

  /** What letting a mail in changes, and the message that its inbox shows. */
  public record LetIn(Plan plan, Message message) {}

  /**
   * Takes a mail into an inbox that had not wanted it. When the inbox shows the same bytes already,
   * that is the message.
   *
   * @param entries of the places where it was found
   * @param isCurrent whether the folder of a place still numbers its mails as it did then
   * @param known with the inbox among all
   */
  public LetIn letIn(
      Arrival.Readable arrival,
      HeldMail held,
      List<LedgerEntry> entries,
      Predicate<ServerUid> isCurrent,
      Known known,
      Moment moment) {
    Draft draft = new Draft(known);
    Turn turn = new Turn(known, draft, moment.now(), moment.newIds());
    Belonging belonging = threading.decide(asked(arrival, turn), draft);
    Trust trust = trusting.decide(arrival.parsed(), belonging.hasToken());
    Message message =
        new LettingIn(distributing, filing)
            .decide(
                arrival.believed(trust.level()),
                held,
                new LettingIn.Before(entries, isCurrent),
                belonging,
                trust,
                turn);
    return new LetIn(draft.plan(), message);
  }

  private Threading.Asked asked(Arrival.Readable arrival, Turn turn) {
    return new Threading.Asked(
        arrival.parsed().headers(),
        trusting.decide(arrival.parsed(), false).level() == TrustLevel.SUSPICIOUS,
        isFromProgram(arrival.classification()),
        address -> turn.known().all().stream().anyMatch(inbox -> inbox.owns(address)));
  }

  /** Automatic answers name what they answer; it is notifications that name anything. */
  private static boolean isFromProgram(Classification mail) {
    boolean mayBeNotification = mail.kind().isFromPerson() || mail.kind() == MessageKind.BULK;
    return mayBeNotification && !mail.answerable().allowed();
  }

  /** The mail that a report speaks of: one of ours, else any that carries its Message-ID. */
  static Optional<Message> reportedOn(RfcMessageId id, Draft draft) {
    return ownMail(id, draft).or(() -> draft.messages(id).stream().findFirst());
  }

  private static Optional<Message> ownMail(RfcMessageId id, Draft draft) {
    return draft.messages(id).stream()
        .filter(message -> message.direction() == Direction.OUTBOUND)
        .findFirst();
  }

  private static LedgerEntry entry(
      Arrival.Readable arrival,
      List<MessageId> fresh,
      List<Message> present,
      List<String> refusals,
      boolean deletionOwed,
      Instant now) {
    if (!fresh.isEmpty()) {
      return ledgerEntry(arrival, LedgerEntry.State.IMPORTED, "new", fresh, now);
    }
    if (!refusals.isEmpty()) {
      String reason = String.join("; ", refusals);
      return ledgerEntry(arrival, LedgerEntry.State.IGNORED, reason, List.of(), now);
    }
    List<MessageId> ids = present.stream().map(Message::id).toList();
    if (deletionOwed) {
      return ledgerEntry(arrival, LedgerEntry.State.TOMBSTONE, "deleted here before", ids, now);
    }
    String reason =
        Locating.areDeleted(present)
            ? "deleted here, and put on the server again by another program"
            : "the same bytes are known";
    return ledgerEntry(arrival, LedgerEntry.State.DUPLICATE, reason, ids, now);
  }

  private static LedgerEntry ledgerEntry(
      Arrival.Readable arrival,
      LedgerEntry.State state,
      String reason,
      List<MessageId> messages,
      Instant now) {
    return new LedgerEntry(arrival.uid(), state, reason, messages, arrival.mail().source(), now);
  }

  private static void quarantine(Arrival.Unreadable arrival, Draft draft, Instant now) {
    draft.record(
        new LedgerEntry(
            arrival.uid(),
            LedgerEntry.State.QUARANTINED,
            arrival.reason(),
            List.of(),
            arrival.mail() == null ? null : arrival.mail().source(),
            now));
    draft.note(AuditSubject.NONE, new AuditFact.Quarantined(arrival.uid(), arrival.reason()));
  }

  /** What came back for good was not delivered; what is only delayed still may be. */
  private static void settleBounce(Arrival.Readable arrival, Bounce bounce, Draft draft) {
    Optional<Message> own = arrival.about().flatMap(id -> ownMail(id, draft));
    if (own.isEmpty() || arrival.classification().kind() != MessageKind.BOUNCE) {
      return;
    }
    Message message = own.get();
    boolean permanent = bounce.recipients().stream().anyMatch(BouncedRecipient::permanent);
    String status =
        bounce.recipients().stream()
            .map(BouncedRecipient::status)
            .flatMap(each -> Optional.ofNullable(each).stream())
            .findFirst()
            .orElse("");
    if (message.state().delivery() != Delivery.BOUNCED) {
      draft.put(message.withState(message.state().withDelivery(Delivery.BOUNCED)));
    }
    draft.note(
        AuditSubject.of(message.inbox(), message.conversation(), message.id()),
        new AuditFact.Bounced(status, permanent));
  }

  private static void noteRenumbering(List<Arrival> batch, Known known, Draft draft) {
    FolderCursor cursor = known.cursor();
    if (cursor == null || batch.isEmpty()) {
      return;
    }
    long uidValidity = batch.get(0).uid().uidValidity();
    if (uidValidity != cursor.uidValidity()) {
      draft.note(
          AuditSubject.NONE,
          new AuditFact.FolderRenumbered(cursor.folder(), cursor.uidValidity(), uidValidity));
    }
  }
}
