package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.receiving.Arrival;
import io.engage.core.receiving.Known;
import io.engage.core.receiving.Origin;
import io.engage.core.receiving.Plan;
import io.engage.core.receiving.Receiving;
import io.engage.core.threading.Threading;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch of fetched mail over: reads it on a few threads at once, asks what is known, lets
 * {@link Receiving} decide, and commits messages, ledger, cursor and audit in one change. The
 * number of questions does not depend on the size of the batch.
 */
final class Intake {
  private final Parts parts;
  private final Receiving receiving;
  private final Remembering remembering;
  private final ServerWishes serverWishes;
  private final AutomaticAnswers answers;
  private final TextsByMail textsByMail;
  private final Together together;
  private final Supplier<Returns> returns;

  Intake(
      Parts parts,
      Receiving receiving,
      Threading threading,
      Together together,
      Supplier<Returns> returns) {
    this.returns = returns;
    this.parts = parts;
    this.receiving = receiving;
    this.remembering = new Remembering(parts, threading);
    this.serverWishes = new ServerWishes(parts);
    this.answers = new AutomaticAnswers(parts);
    this.textsByMail = new TextsByMail(parts);
    this.together = together;
  }

  /** What one batch came to. */
  record Receipt(int imported, int duplicates, int ignored, int quarantined, long bytes) {}

  /** When this returns, the batch is committed; when it throws, nothing of it is. */
  Receipt take(FetchedBatch batch) {
    return take(batch, () -> {});
  }

  /**
   * The same for one of several batches.
   *
   * @param itsTurn waits until this one may be committed; it is read before
   */
  Receipt take(FetchedBatch batch, Runnable itsTurn) {
    FutureTask<Void> forcing = together.begin(parts.blobs()::makeDurable);
    List<Arrival> arrivals = recognised(read(batch));
    Together.result(forcing);
    itsTurn.run();
    return parts.committing().retrying(() -> decideAndCommit(batch, arrivals));
  }

  /**
   * The same for mails that are in quarantine. Those that still cannot be read stay there, and the
   * cursor stays where it is: they lie far behind it, perhaps under an older UIDVALIDITY.
   */
  Receipt takeAgain(FetchedBatch batch) {
    List<Arrival> readable =
        recognised(read(batch)).stream().filter(Arrival.Readable.class::isInstance).toList();
    parts.blobs().makeDurable();
    return parts.committing().retrying(() -> decideAndCommitAgain(batch, readable));
  }

  /**
   * Takes a mail in that is kept for review. When this returns, that is committed.
   *
   * @return empty when its bytes cannot be read
   */
  Optional<Message> letIn(HeldMail held, Actor actor) {
    FetchedMail mail =
        new FetchedMail(
            held.uid(),
            false,
            held.receivedAt(),
            held.source().size(),
            held.source(),
            new StoredContent(parts.blobs(), held.source()));
    return read(parts.reader(), mail) instanceof Arrival.Readable readable
        ? Optional.of(letIn(readable, held, actor))
        : Optional.empty();
  }

  private Message letIn(Arrival.Readable arrival, HeldMail held, Actor actor) {
    Map<ServerUid, LedgerEntry> before =
        parts.storage().ledger().entries(held.places()).stream()
            .collect(Collectors.toMap(LedgerEntry::uid, each -> each));
    Receiving.LetIn letIn =
        RuledAssignments.decide(
            parts,
            remembering.aboutHeld(held, arrival),
            known ->
                receiving.letIn(
                    arrival,
                    held,
                    List.copyOf(before.values()),
                    new CurrentNumbering(parts.storage().ledger())::isOf,
                    known,
                    new Receiving.Moment(parts.clock().instant(), parts.ids()::next)),
            Receiving.LetIn::plan);
    Plan plan = letIn.plan();
    parts
        .committing()
        .commit(
            changed(plan, plan.documents(), uid -> requireNonNull(before.get(uid)).state())
                .conversations(plan.conversations())
                .messages(plan.messages())
                .audit(parts.committing().stamp(actor, plan.occurrences()))
                .build());
    return letIn.message();
  }

  /** What a plan changes beside conversations and messages. */
  private static InboxChange.Builder changed(
      Plan plan,
      List<Document> documents,
      Function<ServerUid, LedgerEntry.@Nullable State> before) {
    InboxChange.Builder change =
        InboxChange.builder()
            .documents(documents)
            .ledgerMoves(
                plan.ledger().stream()
                    .map(entry -> new LedgerMove(before.apply(entry.uid()), entry))
                    .toList());
    plan.dropped().forEach(change::drop);
    return change;
  }

  private Receipt decideAndCommit(FetchedBatch batch, List<Arrival> arrivals) {
    FolderCursor cursor = parts.storage().ledger().cursor(batch.folder()).orElse(null);
    Plan plan = decide(arrivals, whatIsKnownAbout(batch, arrivals, cursor, recorded(arrivals)));
    Receipt receipt = receipt(plan, batch);
    if (!isBehind(cursor, batch)) {
      CursorMove move = new CursorMove(cursor, cursorAfter(cursor, batch));
      parts
          .committing()
          .commit(change(batch, arrivals, plan, receipt, Map.of()).cursor(move).build());
    } else if (!plan.ledger().isEmpty()) {
      parts.committing().commit(change(batch, arrivals, plan, receipt, Map.of()).build());
    }
    return receipt;
  }

  private Receipt decideAndCommitAgain(FetchedBatch batch, List<Arrival> readable) {
    Map<ServerUid, LedgerEntry.State> before = states(readable);
    Plan plan = decide(readable, whatIsKnownAbout(batch, readable, null, outOfQuarantine(before)));
    Receipt receipt = receipt(plan, batch);
    if (!plan.ledger().isEmpty()) {
      parts.committing().commit(change(batch, readable, plan, receipt, before).build());
    }
    return receipt;
  }

  private Plan decide(List<Arrival> arrivals, Known known) {
    return RuledAssignments.decide(
        parts,
        known,
        each -> receiving.decide(arrivals, each, parts.clock().instant(), parts.ids()::next),
        each -> each);
  }

  private List<Arrival> read(FetchedBatch batch) {
    MailReader reader = parts.reader().in(new Regions(parts.storage().inboxes()));
    List<Arrival> arrivals =
        new ArrayList<>(together.each(batch.mails(), mail -> read(reader, mail)));
    batch
        .missing()
        .forEach(each -> arrivals.add(new Arrival.Unreadable(each.uid(), null, each.reason())));
    arrivals.sort(Comparator.comparingLong(arrival -> arrival.uid().uid()));
    return arrivals;
  }

  private List<Arrival> recognised(List<Arrival> arrivals) {
    Map<ServerUid, Origin> origins =
        returns.get().recognise(readable(arrivals).stream().map(Intake::returned).toList());
    return origins.isEmpty()
        ? arrivals
        : arrivals.stream().map(each -> from(origins.get(each.uid()), each)).toList();
  }

  private static Arrival from(@Nullable Origin origin, Arrival arrival) {
    return origin != null && arrival instanceof Arrival.Readable readable
        ? readable.from(origin)
        : arrival;
  }

  private static Returns.Returned returned(Arrival.Readable arrival) {
    return new Returns.Returned(
        arrival.uid(),
        arrival.parsed(),
        arrival.classification(),
        arrival.visible(),
        arrival.mail().receivedAt());
  }

  /** A mail that breaks the reader must not keep its neighbours out; its bytes are kept. */
  private static Arrival read(MailReader reader, FetchedMail mail) {
    try {
      ReadMail read = reader.readForImport(mail.content());
      return new Arrival.Readable(
          mail, read.mail(), read.classification(), read.folded().visible());
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      return new Arrival.Unreadable(
          mail.uid(), mail, "reading it failed with " + broken.getClass().getSimpleName());
    }
  }

  private Known whatIsKnownAbout(
      FetchedBatch batch,
      List<Arrival> arrivals,
      @Nullable FolderCursor cursor,
      Set<ServerUid> recorded) {
    return remembering.about(batch.folder().account(), readable(arrivals), cursor, recorded);
  }

  private static List<Arrival.Readable> readable(List<Arrival> arrivals) {
    return arrivals.stream()
        .filter(Arrival.Readable.class::isInstance)
        .map(Arrival.Readable.class::cast)
        .toList();
  }

  private Set<ServerUid> recorded(List<Arrival> arrivals) {
    return parts.storage().ledger().entries(arrivals.stream().map(Arrival::uid).toList()).stream()
        .map(LedgerEntry::uid)
        .collect(Collectors.toSet());
  }

  private Map<ServerUid, LedgerEntry.State> states(List<Arrival> arrivals) {
    return parts.storage().ledger().entries(arrivals.stream().map(Arrival::uid).toList()).stream()
        .collect(Collectors.toMap(LedgerEntry::uid, LedgerEntry::state));
  }

  /** What somebody else has taken out of quarantine meanwhile. */
  private static Set<ServerUid> outOfQuarantine(Map<ServerUid, LedgerEntry.State> states) {
    return states.entrySet().stream()
        .filter(each -> each.getValue() != LedgerEntry.State.QUARANTINED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Whether another reader has been here, so that the cursor stands behind this batch already. */
  private static boolean isBehind(@Nullable FolderCursor cursor, FetchedBatch batch) {
    return cursor != null
        && cursor.uidValidity() == batch.uidValidity()
        && cursor.lastUid() >= batch.upToUid();
  }

  private InboxChange.Builder change(
      FetchedBatch batch,
      List<Arrival> arrivals,
      Plan plan,
      Receipt receipt,
      Map<ServerUid, LedgerEntry.State> before) {
    AutomaticAnswers.Composed composed = answers.compose(plan);
    TextsByMail.Result texts =
        textsByMail.hear(composed.conversations(), composed.messages(), arrivals);
    List<Occurrence> occurrences = new ArrayList<>(composed.occurrences());
    occurrences.addAll(texts.occurrences());
    occurrences.add(
        new Occurrence(
            AuditSubject.NONE,
            new AuditFact.Imported(
                batch.folder(),
                batch.upToUid(),
                receipt.imported(),
                receipt.duplicates(),
                receipt.ignored(),
                receipt.quarantined())));
    InboxChange.Builder change = changed(plan, composed.documents(), before::get);
    texts.lifted().forEach(change::drop);
    return change
        .conversations(texts.conversations())
        .messages(texts.messages())
        .documents(texts.consents())
        .outbox(texts.outbox())
        .outbox(composed.outbox())
        .outbox(
            serverWishes.entries(
                plan.seenOnServer().stream().collect(Collectors.toMap(uid -> uid, uid -> true)),
                plan.deletedOnServer()))
        .audit(parts.committing().stamp(Actor.RECEIVING, occurrences));
  }

  private static FolderCursor cursorAfter(@Nullable FolderCursor before, FetchedBatch batch) {
    FolderCursor start =
        before == null || before.uidValidity() != batch.uidValidity()
            ? FolderCursor.start(batch.folder(), batch.uidValidity())
            : before;
    return start
        .at(batch.upToUid())
        .compared(
            start.comparedModSeq(),
            start.comparedMessages() + batch.mails().size() + batch.missing().size());
  }

  private static Receipt receipt(Plan plan, FetchedBatch batch) {
    return new Receipt(
        plan.count(LedgerEntry.State.IMPORTED),
        plan.count(LedgerEntry.State.DUPLICATE) + plan.count(LedgerEntry.State.TOMBSTONE),
        plan.count(LedgerEntry.State.IGNORED),
        plan.count(LedgerEntry.State.QUARANTINED),
        batch.bytes());
  }
}
