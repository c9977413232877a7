package io.engage.core;

import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryAgentDirectory;
import io.engage.memory.InMemoryAppointments;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryPermissions;
import io.engage.memory.InMemoryStorage;
import io.engage.memory.InMemoryToDos;
import io.engage.memory.RecordingListener;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.calendar.AppointmentType;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.spi.BlobStore;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.MailSystem;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The shop's Engage with everything it stands on, in memory, and short words for what happens. */
final class Street implements AutoCloseable {
  static final MailAccount ACCOUNT =
      MailAccount.of(
          Shop.ACCOUNT.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));

  final ManualClock clock = ManualClock.at(Shop.MORNING);
  final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  final InMemoryStorage storage = InMemoryStorage.create();
  final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);
  final InMemoryCustomerDirectory customers =
      InMemoryCustomerDirectory.create()
          .with("ana", "Ana Silva", Shop.ANA.address())
          .with("ben", "Ben Okafor", Shop.BEN.address());
  final InMemoryToDos toDos = InMemoryToDos.create();
  final InMemoryAppointments appointments =
      InMemoryAppointments.create()
          .offering(
              new AppointmentType("fitting", "Fitting", Duration.ofMinutes(30)),
              Shop.MORNING.plusSeconds(3600),
              Shop.MORNING.plusSeconds(7200));
  final RecordingListener listener = RecordingListener.create();
  final AtomicInteger deafTimes = new AtomicInteger();
  final InMemoryPermissions permissions = InMemoryPermissions.allowing();
  final Engage engage = engageOn(storage, mail);
  final AgentDesk clara = engage.deskOf(Shop.CLARA);

  /** Another node, or the same one after a restart, perhaps with a faulty part. */
  Engage engageOn(Storage otherStorage, MailSystem otherMail) {
    return engageOn(otherStorage, otherMail, blobs, customers);
  }

  /** One whose inboxes are like these. */
  Engage engageWith(Inbox shop, Inbox workshop) {
    keep(shop);
    keep(workshop);
    return builderOf(storage, mail, blobs, customers).inbox(shop).inbox(workshop).build();
  }

  /** As an administrator left it. */
  void keep(Inbox wanted) {
    storage.inboxes().inboxes().stream()
        .filter(stored -> stored.id().equals(wanted.id()))
        .forEach(
            stored ->
                storage
                    .inboxes()
                    .commit(
                        InboxChange.builder()
                            .inbox(wanted.withVersion(stored.version()))
                            .audit(
                                List.of(
                                    new AuditEntry(
                                        AuditEntryId.of(UUID.randomUUID().toString()),
                                        clock.instant(),
                                        Actor.CONFIGURATION,
                                        AuditSubject.of(wanted.id()),
                                        new AuditFact.InboxConfigured(wanted.name(), List.of()))))
                            .build()));
  }

  /** One that has only these threads. */
  Engage engageOn(Storage otherStorage, MailSystem otherMail, Executor threads) {
    return builderOn(otherStorage, otherMail, blobs, customers).executor(threads).build();
  }

  Engage engageOn(
      Storage otherStorage,
      MailSystem otherMail,
      BlobStore otherBlobs,
      CustomerDirectory otherCustomers) {
    return builderOn(otherStorage, otherMail, otherBlobs, otherCustomers).build();
  }

  /** One more node, to be made a little different. */
  Engage.Builder builder() {
    return builderOn(storage, mail, blobs, customers);
  }

  /** One over another store, which nobody has set up. */
  Engage.Builder builderWithoutInboxes(Storage otherStorage) {
    return builderOf(otherStorage, mail, blobs, customers);
  }

  private Engage.Builder builderOn(
      Storage otherStorage,
      MailSystem otherMail,
      BlobStore otherBlobs,
      CustomerDirectory otherCustomers) {
    return builderOf(otherStorage, otherMail, otherBlobs, otherCustomers)
        .inbox(Shop.shop())
        .inbox(Shop.workshop());
  }

  private Engage.Builder builderOf(
      Storage otherStorage,
      MailSystem otherMail,
      BlobStore otherBlobs,
      CustomerDirectory otherCustomers) {
    return Engage.builder()
        .storage(otherStorage)
        .blobs(otherBlobs)
        .mail(otherMail)
        .customers(otherCustomers)
        .agents(InMemoryAgentDirectory.create().with(Shop.CLARA).with(Shop.DIRK))
        .permissions(permissions)
        .toDos(toDos)
        .appointments(appointments)
        .listener(this::tell)
        .account(ACCOUNT)
        .signingKeys(Shop.KEY)
        .authenticationServers("mx.shop.example")
        .smsByMail("US", "gateway.example")
        .clock(clock);
  }

  private void tell(List<AuditEntry> entries) {
    if (deafTimes.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new IllegalStateException("Nobody is listening now");
    }
    listener.on(entries);
  }

  ServerUid arrives(String mailText) {
    clock.advance(Duration.ofSeconds(1));
    return mail.deliver(
        Shop.ACCOUNT, mailText.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  SyncReport sync() {
    clock.advance(Duration.ofSeconds(1));
    return engage.mail().sync(Shop.ACCOUNT);
  }

  /** When nothing is so young any more that somebody may be about to commit it. */
  void workOffLater() {
    engage.outbox().workOff();
    clock.advance(BlobRemovals.GRACE.plusSeconds(1));
    engage.outbox().workOff();
  }

  List<Conversation> open() {
    return list(ConversationFilter.open());
  }

  List<Conversation> list(ConversationFilter filter) {
    return clara.list(filter, Page.Request.first(1000)).items();
  }

  Conversation onlyConversation() {
    List<Conversation> open = open();
    if (open.size() != 1) {
      throw new AssertionError("There are " + open.size() + " open conversations");
    }
    return open.get(0);
  }

  List<Message> messages(Conversation conversation) {
    return storage.inboxes().messagesOf(conversation.id(), Page.Request.first(1000)).items();
  }

  Message lastMessage(Conversation conversation) {
    List<Message> all = messages(conversation);
    return all.get(all.size() - 1);
  }

  /** How many mails lie in the shop's INBOX on the server. */
  int mailsOnServer() {
    return mail.mails(Shop.ACCOUNT, "INBOX").size();
  }

  static String mailFrom(String sender, String id, String text) {
    return """
    From: %s
    To: repairs@shop.example
    Subject: My bike
    Date: Mon, 2 Mar 2026 08:00:00 +0000
    Message-ID: <%s>

    %s
    """
        .formatted(sender, id, text);
  }

  static String fromAna(String id, String text) {
    return mailFrom("Ana Silva <ana@customer.example>", id, text);
  }

  @Override
  public void close() {
    engage.close();
  }
}
