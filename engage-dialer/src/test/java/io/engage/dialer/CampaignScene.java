package io.engage.dialer;

import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryPermissions;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.spi.Documents;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop that wants to tell its customers of a spring sale. */
final class CampaignScene implements AutoCloseable {
  static final MailAccount ACCOUNT =
      MailAccount.of("shop", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  static final Inbox SHOP = Inbox.of("shop", "Our shop", "shop@shop.example", ACCOUNT.id());
  static final Inbox REPAIRS = Inbox.of("repairs", "Repairs", "repairs@shop.example", ACCOUNT.id());
  static final Agent CLARA = Agent.of("clara", "Clara Contreras");
  static final EmailAddress ANA = EmailAddress.of("ana@customer.example");
  static final String KEY = "a key that nobody can guess";
  static final String HEADER = "campaign;emailRecipient;message;attachments;variables;priority\n";

  final ManualClock clock = ManualClock.at(Sample.MONDAY);
  final InMemoryStorage storage = InMemoryStorage.create();
  final AtomicInteger calls = new AtomicInteger();
  final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);
  final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  final InMemoryPermissions permissions = InMemoryPermissions.allowing();
  final Engage engage = engageOn(counting());
  final Dialer dialer = Dialer.over(engage);
  final CampaignDesk desk = dialer.deskOf(CLARA);

  /** Another node, or the same one with a faulty store. */
  Engage engageOn(Storage other) {
    return engageOn(other, Secret.of(KEY));
  }

  /** A node whose host has replaced its keys, or not. */
  Engage engageOn(Storage other, Secret key, Secret... earlier) {
    return Engage.builder()
        .storage(other)
        .mail(mail)
        .blobs(blobs)
        .customers(InMemoryCustomerDirectory.create().with("ana", "Ana", ANA))
        .permissions(permissions)
        .account(ACCOUNT)
        .inbox(SHOP)
        .inbox(REPAIRS)
        .signingKeys(key, earlier)
        .publicUrl(URI.create("https://shop.example/engage"))
        .clock(clock)
        .build();
  }

  /** The same storage, which counts how often it is asked for recipients and documents. */
  private Storage counting() {
    Recipients recipients = counting(Recipients.class, storage.recipients());
    Documents documents = counting(Documents.class, storage.documents());
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "recipients" -> recipients;
                  case "documents" -> documents;
                  default -> method.invoke(storage, arguments);
                });
  }

  private <T> T counting(Class<T> port, T good) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              calls.incrementAndGet();
              return method.invoke(good, arguments);
            }));
  }

  Campaign spring() {
    return spring(CampaignPlan.of("Spring is here, ${name}"));
  }

  Campaign spring(CampaignPlan plan) {
    return desk.create(SHOP.id(), "Spring", plan).findValue().orElseThrow();
  }

  /** A list of Ana and Ben that is sent to. */
  CampaignList active(CampaignId campaign) {
    return imported(
            campaign,
            ListImport.named("Buyers").thenActivated(),
            "Spring;ana@customer.example;Hello ${name};;\"name\":\"Ana\";\n"
                + "Spring;ben@customer.example;Hello ${name};;\"name\":\"Ben\";\n")
        .list();
  }

  ImportReport imported(CampaignId campaign, ListImport order, String rows) {
    return desk.importList(campaign, order, stream(HEADER + rows)).findValue().orElseThrow();
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What somebody else changes meanwhile. */
  void commit(InboxChange.Builder change) {
    engage
        .foundation()
        .commit(
            change,
            Actor.agent(CLARA),
            AuditSubject.of(SHOP.id()),
            new AuditFact.QuickRepliesChanged(0));
  }

  Campaign now(CampaignId id) {
    return desk.find(id).findValue().orElseThrow();
  }

  CampaignList list(ListId id) {
    return new CampaignShelf(engage.foundation()).find(id).orElseThrow();
  }

  /** What happened so far. */
  List<AuditEntry> trail() {
    return storage.audit().chainAfter(0, 100_000).stream().map(AuditLink::entry).toList();
  }

  List<AuditFact> facts() {
    return trail().stream().map(AuditEntry::fact).toList();
  }

  @Override
  public void close() {
    dialer.close();
    engage.close();
  }
}
