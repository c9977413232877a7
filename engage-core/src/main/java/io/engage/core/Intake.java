package io.engage.core;

import io.engage.core.receiving.Arrival;
import io.engage.core.receiving.Known;
import io.engage.core.receiving.Plan;
import io.engage.core.receiving.Receiving;
import io.engage.core.threading.Threading;
import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch of fetched mail over: reads it, asks what is known, lets {@link Receiving} decide,
 * and commits messages, ledger, cursor and audit in one change. The number of questions does not
 * depend on the size of the batch.
 */
final class Intake {
  private final Parts parts;
  private final Receiving receiving;
  private final Threading threading;
  private final Identities identities;
  private final ServerWishes serverWishes;

  Intake(Parts parts, Receiving receiving, Threading threading) {
    this.parts = parts;
    this.receiving = receiving;
    this.threading = threading;
    this.identities = new Identities(parts);
    this.serverWishes = new ServerWishes(parts);
  }

  /** What one batch came to. */
  record Receipt(int imported, int duplicates, int quarantined, long bytes) {}

  /** When this returns, the batch is committed; when it throws, nothing of it is. */
  Receipt take(FetchedBatch batch) {
    List<Arrival> arrivals = read(batch);
    parts.blobs().makeDurable();
    return parts.committing().retrying(() -> decideAndCommit(batch, arrivals));
  }

  /**
   * The same for mails that are in quarantine. Those that still cannot be read stay there, and the
   * cursor stays where it is: they lie far behind it, perhaps under an older UIDVALIDITY.
   */
  Receipt takeAgain(FetchedBatch batch) {
    List<Arrival> readable =
        read(batch).stream().filter(Arrival.Readable.class::isInstance).toList();
    parts.blobs().makeDurable();
    return parts.committing().retrying(() -> decideAndCommitAgain(batch, readable));
  }

  private Receipt decideAndCommit(FetchedBatch batch, List<Arrival> arrivals) {
    FolderCursor cursor = parts.storage().ledger().cursor(batch.folder()).orElse(null);
    Plan plan = decide(arrivals, whatIsKnownAbout(batch, arrivals, cursor, recorded(arrivals)));
    Receipt receipt = receipt(plan, batch);
    if (!isBehind(cursor, batch)) {
      CursorMove move = new CursorMove(cursor, cursorAfter(cursor, batch));
      parts.committing().commit(change(batch, plan, receipt, Map.of()).cursor(move).build());
    } else if (!plan.ledger().isEmpty()) {
      parts.committing().commit(change(batch, plan, receipt, Map.of()).build());
    }
    return receipt;
  }

  private Receipt decideAndCommitAgain(FetchedBatch batch, List<Arrival> readable) {
    Map<ServerUid, LedgerEntry.State> before = states(readable);
    Plan plan = decide(readable, whatIsKnownAbout(batch, readable, null, outOfQuarantine(before)));
    Receipt receipt = receipt(plan, batch);
    if (!plan.ledger().isEmpty()) {
      parts.committing().commit(change(batch, plan, receipt, before).build());
    }
    return receipt;
  }

  private Plan decide(List<Arrival> arrivals, Known known) {
    return receiving.decide(arrivals, known, parts.clock().instant(), parts.ids()::next);
  }

  private List<Arrival> read(FetchedBatch batch) {
    List<Arrival> arrivals = new ArrayList<>();
    batch.mails().forEach(mail -> arrivals.add(read(mail)));
    batch
        .missing()
        .forEach(each -> arrivals.add(new Arrival.Unreadable(each.uid(), null, each.reason())));
    arrivals.sort(Comparator.comparingLong(arrival -> arrival.uid().uid()));
    return arrivals;
  }

  /** A mail that breaks the reader must not keep its neighbours out; its bytes are kept. */
  private Arrival read(FetchedMail mail) {
    try {
      ReadMail read = parts.reader().readForImport(mail.content());
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
    List<Arrival.Readable> readable =
        arrivals.stream()
            .filter(Arrival.Readable.class::isInstance)
            .map(Arrival.Readable.class::cast)
            .toList();
    List<Message> sameBytes = parts.storage().inboxes().withSource(digests(readable));
    List<Message> named = named(readable);
    return new Known(
        inboxesOf(batch.folder().account()),
        cursor,
        recorded,
        sameBytes,
        named,
        conversationsOf(readable, sameBytes, named),
        openSms(readable),
        customers(readable),
        new Deletions(parts.storage().ledger()).carriedOut(sameBytes, parts.clock().instant()));
  }

  private List<Inbox> inboxesOf(AccountId account) {
    List<Inbox> inboxes =
        parts.accounts().reception().inboxesOf(account, parts.storage().inboxes().inboxes());
    if (inboxes.isEmpty()) {
      throw new IllegalStateException(
          "No inbox uses mail account '%s', so its mail has nowhere to go. Add one with inbox(...)."
              .formatted(account.value()));
    }
    return inboxes;
  }

  private static Set<ContentDigest> digests(List<Arrival.Readable> readable) {
    return readable.stream()
        .map(arrival -> arrival.mail().source().digest())
        .collect(Collectors.toSet());
  }

  /**
   * What carries the Message-IDs that are named, and what else names those that nothing carries.
   */
  private List<Message> named(List<Arrival.Readable> readable) {
    Set<RfcMessageId> wanted = namedIds(readable);
    List<Message> carrying = parts.storage().inboxes().withMessageId(wanted);
    Set<String> known = carrying.stream().flatMap(Intake::caselessId).collect(Collectors.toSet());
    Set<String> arriving =
        readable.stream().flatMap(Intake::caselessId).collect(Collectors.toSet());
    Set<RfcMessageId> unknown =
        wanted.stream()
            .filter(id -> !known.contains(id.caseless()) || arriving.contains(id.caseless()))
            .collect(Collectors.toSet());
    return Stream.concat(carrying.stream(), parts.storage().search().naming(unknown).stream())
        .toList();
  }

  private static Stream<String> caselessId(Message message) {
    return Stream.ofNullable(message.headers().messageId()).map(RfcMessageId::caseless);
  }

  private static Stream<String> caselessId(Arrival.Readable arrival) {
    return Stream.ofNullable(arrival.parsed().headers().messageId()).map(RfcMessageId::caseless);
  }

  private static Set<RfcMessageId> namedIds(List<Arrival.Readable> readable) {
    return readable.stream()
        .flatMap(arrival -> arrival.namedMessages().stream())
        .collect(Collectors.toSet());
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

  private List<Conversation> conversationsOf(
      List<Arrival.Readable> readable, List<Message> sameBytes, List<Message> named) {
    Set<ConversationId> ids = new LinkedHashSet<>();
    Stream.of(sameBytes, named).flatMap(List::stream).map(Message::conversation).forEach(ids::add);
    readable.forEach(arrival -> ids.addAll(threading.tokensIn(arrival.parsed().headers())));
    Set<ConversationNumber> numbers =
        readable.stream()
            .flatMap(
                arrival ->
                    ConversationNumber.findAll(arrival.parsed().headers().subject()).stream())
            .collect(Collectors.toSet());
    List<Conversation> found = new ArrayList<>();
    if (!ids.isEmpty()) {
      found.addAll(parts.storage().inboxes().conversations(ids));
    }
    if (!numbers.isEmpty()) {
      found.addAll(parts.storage().search().numbered(numbers));
    }
    return found;
  }

  private Map<PhoneNumber, List<Conversation>> openSms(List<Arrival.Readable> readable) {
    Set<PhoneNumber> numbers = new LinkedHashSet<>();
    readable.forEach(
        arrival -> {
          if (arrival.classification().sms() != null) {
            numbers.add(arrival.classification().sms().number());
          }
        });
    Map<PhoneNumber, List<Conversation>> open = new HashMap<>();
    if (!numbers.isEmpty()) {
      for (Conversation each : parts.storage().search().openSms(numbers)) {
        each.participants().stream()
            .filter(PhoneNumber.class::isInstance)
            .map(PhoneNumber.class::cast)
            .forEach(number -> open.computeIfAbsent(number, any -> new ArrayList<>()).add(each));
      }
    }
    return open;
  }

  private Map<Address, List<CustomerId>> customers(List<Arrival.Readable> readable) {
    Set<Address> senders = new LinkedHashSet<>();
    for (Arrival.Readable arrival : readable) {
      arrival.parsed().headers().from().stream().map(NamedAddress::address).forEach(senders::add);
      if (arrival.classification().sms() != null) {
        senders.add(arrival.classification().sms().number());
      }
    }
    return senders.isEmpty() ? Map.of() : identities.at(senders);
  }

  /** Whether another reader has been here, so that the cursor stands behind this batch already. */
  private static boolean isBehind(@Nullable FolderCursor cursor, FetchedBatch batch) {
    return cursor != null
        && cursor.uidValidity() == batch.uidValidity()
        && cursor.lastUid() >= batch.upToUid();
  }

  private InboxChange.Builder change(
      FetchedBatch batch, Plan plan, Receipt receipt, Map<ServerUid, LedgerEntry.State> before) {
    List<Occurrence> occurrences = new ArrayList<>(plan.occurrences());
    occurrences.add(
        new Occurrence(
            AuditSubject.NONE,
            new AuditFact.Imported(
                batch.folder(),
                batch.upToUid(),
                receipt.imported(),
                receipt.duplicates(),
                plan.count(LedgerEntry.State.IGNORED),
                receipt.quarantined())));
    return InboxChange.builder()
        .conversations(plan.conversations())
        .messages(plan.messages())
        .ledgerMoves(
            plan.ledger().stream()
                .map(entry -> new LedgerMove(before.get(entry.uid()), entry))
                .toList())
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
        plan.count(LedgerEntry.State.QUARANTINED),
        batch.bytes());
  }
}
