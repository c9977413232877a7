package io.engage.dialer;

import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.BlobStore;
import io.engage.spi.MailSystem;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A shop with a campaign, in memory, and short words for what happens to it. */
final class Mailing implements AutoCloseable {
  static final AccountId ACCOUNT = AccountId.of("main");
  static final CampaignId SPRING = CampaignId.of("spring");
  static final ListId LIST = ListId.of("l1");
  static final Inbox SHOP = Inbox.of("shop", "The Shop", "news@shop.example", ACCOUNT);

  final ManualClock clock = ManualClock.at("2026-03-02T09:00:00Z");
  final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  final InMemoryStorage storage = InMemoryStorage.create();
  final Engage engage = engageOn(storage, mail);
  final Dialer dialer = Dialer.over(engage);

  /** Another node, or the same one after a restart, perhaps with a faulty part. */
  Engage engageOn(Storage other, MailSystem otherMail) {
    return engageOn(other, otherMail, 25);
  }

  Engage engageOn(Storage other, MailSystem otherMail, int port) {
    return engageOn(other, otherMail, port, InMemoryBlobStore.create(clock));
  }

  Engage engageOn(Storage other, MailSystem otherMail, int port, BlobStore blobs) {
    return engageOn(other, otherMail, ServerEndpoint.loopback(port), blobs);
  }

  /** The same shop whose mail goes out through another server. */
  Engage engageThrough(ServerEndpoint smtp) {
    return engageOn(storage, mail, smtp, InMemoryBlobStore.create(clock));
  }

  private Engage engageOn(
      Storage other, MailSystem otherMail, ServerEndpoint smtp, BlobStore blobs) {
    return Engage.builder()
        .storage(other)
        .blobs(blobs)
        .mail(otherMail)
        .customers(InMemoryCustomerDirectory.create())
        .account(MailAccount.of("main", "shop", null, smtp))
        .inbox(SHOP)
        .signingKeys(Secret.of("a key that nobody guesses"))
        .publicUrl(URI.create("https://shop.example/mail"))
        .clock(clock)
        .build();
  }

  /** A campaign that runs, with a list of so many rows. */
  Mailing running(CampaignPlan plan, int rows) {
    campaign(plan, Status.RUNNING);
    list(LIST, CampaignList.Status.ACTIVE, rows);
    return this;
  }

  void campaign(CampaignPlan plan, Status status) {
    Campaign campaign = Campaign.of(SPRING, SHOP.id(), "Spring", plan);
    keep(campaign.withState(campaign.state().to(status, clock.instant(), null)));
  }

  /** One that has ended, with this name. */
  void over(String name) {
    Campaign campaign =
        Campaign.of(CampaignId.of(name), SHOP.id(), name, CampaignPlan.of("It was nice"));
    keep(campaign.withState(campaign.state().to(Status.FINISHED, clock.instant(), null)));
  }

  void list(ListId id, CampaignList.Status status, int rows) {
    keep(new CampaignList(id, SPRING, "Customers", "", status, clock.instant(), rows, 0, 0));
    storage
        .recipients()
        .add(LongStream.rangeClosed(1, rows).mapToObj(row -> customer(id, row)).toList());
  }

  static Recipient customer(ListId list, long row) {
    return new Recipient(
        RecipientId.of(list, row),
        address(row).value(),
        Recipient.USUAL_PRIORITY,
        new Recipient.Row("", List.of(), Map.of("name", "No. " + row)),
        RecipientState.PENDING);
  }

  static EmailAddress address(long row) {
    return EmailAddress.of("c" + row + "@customer.example");
  }

  void keep(Document document) {
    engage
        .foundation()
        .commit(
            InboxChange.builder().document(document),
            Actor.CONFIGURATION,
            AuditSubject.of(SHOP.id()),
            new AuditFact.CampaignSaved(SPRING, "Spring", List.of()));
  }

  Campaign campaign() {
    return (Campaign)
        storage.documents().find(List.of(Campaign.keyOf(SPRING))).stream()
            .findFirst()
            .orElseThrow();
  }

  void to(Status status) {
    Campaign now = campaign();
    keep(now.withState(now.state().to(status, clock.instant(), null)));
  }

  Status status() {
    return campaign().state().status();
  }

  RecipientCounts counts() {
    return storage.recipients().counts(List.of(LIST));
  }

  RecipientState state(long row) {
    return storage.recipients().find(List.of(RecipientId.of(LIST, row))).get(0).state();
  }

  List<Recipient> with(RecipientStatus status) {
    return storage.recipients().of(LIST, Set.of(status), 0, Integer.MAX_VALUE);
  }

  /** To whom the server took mails, in order. */
  List<String> sent() {
    return mail.sent().stream().map(each -> each.recipients().get(0).value()).toList();
  }

  static List<String> addresses(int rows) {
    return IntStream.rangeClosed(1, rows)
        .mapToObj(row -> address(row).value())
        .collect(Collectors.toList());
  }

  @Override
  public void close() {
    dialer.close();
    engage.close();
  }
}
