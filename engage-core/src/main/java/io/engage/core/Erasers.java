package io.engage.core;

import io.engage.core.erasing.Erasing;
import io.engage.core.working.Step;
import io.engage.core.working.Unasking;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Rating;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.sms.SmsArrival;
import io.engage.model.writing.Draft;
import io.engage.model.writing.SentDraft;
import io.engage.spi.StaleVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Erases messages of one conversation, in steps of a bounded size, each of them one commit: what
 * stands in the store, what is owed to servers, and that the bytes and the mails on the server have
 * to go. The server's mails become tombstones, so that no later import brings them back.
 */
final class Erasers {
  private static final int AT_ONCE = 200;

  private final Actor actor;
  private final Parts parts;
  private final Erasing erasing = new Erasing();
  private final BlobRemovals removals;
  private final ServerWishes serverWishes;
  private final StillNeeded stillNeeded;

  Erasers(Actor actor, Parts parts) {
    this.actor = actor;
    this.parts = parts;
    this.removals = new BlobRemovals(parts);
    this.serverWishes = new ServerWishes(parts);
    this.stillNeeded = new StillNeeded(parts);
  }

  /**
   * What is to be erased of a conversation.
   *
   * @param goes which messages; asked anew for each step
   * @param rest what the conversation is when all of those are gone and others stay
   * @param fact what the trail says of so many messages
   */
  record Order(
      ConversationId conversation,
      Predicate<Message> goes,
      Rest rest,
      Function<Integer, AuditFact> fact) {}

  /** Decides about a conversation of which something stays. */
  @FunctionalInterface
  interface Rest {
    Conversation of(Conversation before, List<Message> erased, Optional<Message> newest);
  }

  private record Done(int messages, boolean more, boolean beingSent) {
    static final Done NOTHING = new Done(0, false, false);
    static final Done LATER = new Done(0, false, true);
  }

  /**
   * @return how many messages were erased; empty when something of it is just being sent
   */
  Optional<Integer> erase(Order order) {
    int erased = 0;
    Done done;
    do {
      try {
        done = parts.committing().retrying(() -> eraseSome(order));
      } catch (StaleVersion beingSent) {
        return Optional.empty();
      }
      if (done.beingSent()) {
        return Optional.empty();
      }
      erased += done.messages();
    } while (done.more());
    return Optional.of(erased);
  }

  private Done eraseSome(Order order) {
    Optional<Conversation> found =
        parts.storage().inboxes().conversations(List.of(order.conversation())).stream().findFirst();
    return found.map(conversation -> eraseSome(order, conversation)).orElse(Done.NOTHING);
  }

  private Done eraseSome(Order order, Conversation conversation) {
    Batch batch = batchOf(order);
    List<Message> erased = erased(batch.messages);
    Conversation after = after(order, conversation, batch);
    if (erased.isEmpty() && after.equals(conversation)) {
      return Done.NOTHING;
    }
    List<OutboxId> owed =
        parts.storage().persons().owedFor(ids(batch.messages)).stream()
            .map(OutboxEntry::id)
            .toList();
    if (!parts.storage().outbox().held(owed).isEmpty()) {
      return Done.LATER;
    }
    List<Document> notes = batch.isWhole() ? notesOf(conversation) : List.of();
    List<Draft> drafts =
        batch.isWhole()
            ? parts.storage().drafts().inConversation(conversation.id())
            : List.<Draft>of();
    InboxChange.Builder change =
        InboxChange.builder()
            .conversations(List.of(after))
            .messages(erased)
            .withdraw(owed)
            .dropDocuments(documentsOf(batch.messages))
            .documents(arrivalsToKeep(batch.messages))
            .dropDocuments(notes.stream().map(Document::key).toList())
            .dropDrafts(drafts.stream().map(Draft::id).toList())
            .audit(
                parts.committing().stamp(actor, facts(order, conversation, after, erased.size())));
    removeBytes(change, batch.messages, drafts);
    change.outbox(copiesToDelete(batch.messages));
    deleteOnServer(change, conversation, batch.messages, erased);
    parts.committing().commit(change.build());
    return new Done(erased.size(), batch.more, false);
  }

  private Conversation after(Order order, Conversation conversation, Batch batch) {
    if (batch.more) {
      return erasing.counted(conversation, batch.messages);
    }
    return batch.isWhole()
        ? erasing.emptied(conversation, batch.messages)
        : order.rest().of(conversation, batch.messages, newest(conversation, batch));
  }

  private static List<Occurrence> facts(
      Order order, Conversation before, Conversation after, int erased) {
    AuditSubject subject = AuditSubject.of(before.inbox(), before.id());
    return Stream.concat(
            Stream.of(new Occurrence(subject, order.fact().apply(erased))),
            Unasking.decide(before, after).stream())
        .toList();
  }

  private Optional<Message> newest(Conversation conversation, Batch batch) {
    Set<MessageId> gone = new HashSet<>(ids(batch.messages));
    return parts
        .storage()
        .search()
        .newestIn(conversation.id(), Page.Request.first(AT_ONCE + 1))
        .items()
        .stream()
        .filter(each -> !gone.contains(each.id()))
        .findFirst();
  }

  /** All notes go at once: they were written by hand. */
  private List<Document> notesOf(Conversation conversation) {
    return parts
        .storage()
        .documents()
        .ofOwner(DocumentKey.Kind.NOTE, conversation.id().value(), "", Integer.MAX_VALUE);
  }

  private List<DocumentKey> documentsOf(List<Message> messages) {
    return messages.stream()
        .flatMap(
            each ->
                Stream.concat(
                    Stream.of(Rating.keyOf(each.id()), SentDraft.keyOf(each.id())),
                    each.channel() == Channel.SMS ? gatewaysNamesOf(each) : Stream.empty()))
        .toList();
  }

  private Stream<DocumentKey> gatewaysNamesOf(Message text) {
    return mayBeRepeated(text) ? Stream.empty() : gatewayDocumentsOf(text).map(Document::key);
  }

  /** That a text has arrived is known for as long as its gateway may repeat it. */
  private List<SmsArrival> arrivalsToKeep(List<Message> messages) {
    return messages.stream()
        .filter(each -> each.channel() == Channel.SMS && mayBeRepeated(each))
        .flatMap(this::gatewayDocumentsOf)
        .map(each -> ((SmsArrival) each).withoutMessage())
        .toList();
  }

  private boolean mayBeRepeated(Message text) {
    return text.direction() == Direction.INBOUND
        && text.at().isAfter(parts.clock().instant().minus(GatewayNames.REPEATED_WITHIN));
  }

  private Stream<Document> gatewayDocumentsOf(Message text) {
    return parts
        .storage()
        .documents()
        .ofOwner(
            text.direction() == Direction.INBOUND
                ? DocumentKey.Kind.SMS_ARRIVAL
                : DocumentKey.Kind.SMS_DISPATCH,
            text.id().value(),
            "",
            Integer.MAX_VALUE)
        .stream();
  }

  private static List<MessageId> ids(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  private void removeBytes(InboxChange.Builder change, List<Message> messages, List<Draft> drafts) {
    Set<ContentDigest> blobs = new HashSet<>();
    messages.forEach(each -> blobs.add(each.source().digest()));
    drafts.stream().flatMap(BlobRemovals::filesOf).forEach(blobs::add);
    sentDraftsOf(messages).flatMap(BlobRemovals::filesOf).forEach(blobs::add);
    change.documents(removals.of(blobs));
  }

  private Stream<Draft> sentDraftsOf(List<Message> messages) {
    List<DocumentKey> keys = messages.stream().map(each -> SentDraft.keyOf(each.id())).toList();
    return parts.storage().documents().find(keys).stream()
        .map(SentDraft.class::cast)
        .map(SentDraft::draft);
  }

  /** Where the mailbox has a folder for sent mail, copies of ours lie there. */
  private List<OutboxEntry> copiesToDelete(List<Message> messages) {
    List<Message> sent =
        messages.stream()
            .filter(each -> each.direction() == Direction.OUTBOUND)
            .filter(each -> each.channel() == Channel.EMAIL)
            .filter(each -> each.headers().messageId() != null)
            .filter(each -> each.state().delivery() != Delivery.WITHDRAWN)
            .toList();
    if (sent.isEmpty()) {
      return List.of();
    }
    Map<InboxId, AccountId> accounts =
        parts.storage().inboxes().inboxes().stream()
            .collect(Collectors.toMap(Inbox::id, Inbox::account));
    return sent.stream()
        .flatMap(
            each ->
                Stream.ofNullable(accounts.get(each.inbox()))
                    .flatMap(account -> parts.accounts().find(account).stream())
                    .filter(account -> account.imap() != null)
                    .map(account -> deleteCopy(account.id(), each)))
        .toList();
  }

  private OutboxEntry deleteCopy(AccountId account, Message sent) {
    return new OutboxEntry(
        OutboxId.of(parts.ids().next()),
        account,
        new OutboxTask.DeleteFromSent(
            Objects.requireNonNull(sent.headers().messageId(), "Message-ID of a mail of ours")),
        parts.clock().instant(),
        0);
  }

  /** By the plain digest a mail is recognised when the server numbers its folder anew. */
  private List<Message> erased(List<Message> messages) {
    Set<MessageId> onServer =
        parts.storage().ledger().placesOf(ids(messages)).stream()
            .map(LedgerEntry::messages)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    return messages.stream()
        .map(
            each ->
                each.erased(
                    onServer.contains(each.id()) || each.state().onServer() != null
                        ? each.source()
                        : new Blob(parts.pseudonyms().of(each.source().digest()), 0)))
        .toList();
  }

  private void deleteOnServer(
      InboxChange.Builder change,
      Conversation conversation,
      List<Message> before,
      List<Message> erased) {
    StillNeeded.Elsewhere elsewhere = stillNeeded.besides(before);
    Map<ServerUid, Message> deleted =
        before.stream()
            .filter(each -> each.state().onServer() != null)
            .filter(each -> !elsewhere.there().contains(each.state().onServer()))
            .collect(
                Collectors.toMap(
                    each -> Optional.ofNullable(each.state().onServer()).orElseThrow(),
                    Function.identity(),
                    (one, same) -> one));
    serverWishes.add(
        change,
        List.of(
            new Step.Changed(
                conversation,
                erased,
                List.<Occurrence>of(),
                new Step.OnServer(Set.of(), Set.of(), deleted))),
        elsewhere.shared());
  }

  private Batch batchOf(Order order) {
    Batch batch = new Batch();
    for (Message each : new MessageWalk(parts.storage().persons(), order.conversation())) {
      if (!order.goes().test(each)) {
        batch.stays = true;
      } else if (batch.messages.size() == AT_ONCE) {
        batch.more = true;
        break;
      } else {
        batch.messages.add(each);
      }
    }
    return batch;
  }

  /** What goes in one step. */
  private static final class Batch {
    private final List<Message> messages = new ArrayList<>();
    private boolean stays;
    private boolean more;

    /** Whether nothing is left after this step. */
    boolean isWhole() {
      return !stays && !more;
    }
  }
}
