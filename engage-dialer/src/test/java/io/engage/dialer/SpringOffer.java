package io.engage.dialer;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.LinkRequest;
import io.engage.core.LinkResponse;
import io.engage.core.signing.LinkPurpose;
import io.engage.dialer.inviting.InvitationReply;
import io.engage.dialer.naming.RecipientLinks;
import io.engage.dialer.naming.RecipientTokens;
import io.engage.dialer.tracking.UnsubscribePage.Words;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.memory.RecordingListener;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.HeldMail;
import io.engage.testkit.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A bike shop's spring offer that has gone out to its list, and what comes back for it. */
final class SpringOffer implements AutoCloseable {
  static final Instant MORNING = Instant.parse("2026-03-02T09:00:00Z");
  static final MailAccount ACCOUNT =
      MailAccount.of("shop", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  static final Campaign SPRING =
      Campaign.of(
          CampaignId.of("spring"),
          Inbox.of("shop", "Our shop", "shop@shop.example", ACCOUNT.id()).id(),
          "Spring offer",
          CampaignPlan.of("Spring is here"));
  static final Agent CLARA = Agent.of("clara", "Clara Contreras");
  static final ListId RIDERS = ListId.of("riders");

  final ManualClock clock = ManualClock.at(MORNING);
  final InMemoryStorage storage = InMemoryStorage.create();
  final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  final RecordingListener listener = RecordingListener.create();
  final Engage engage =
      Engage.builder()
          .storage(storage)
          .mail(mail)
          .blobs(InMemoryBlobStore.create(clock))
          .customers(
              InMemoryCustomerDirectory.create()
                  .with("c1", "Customer 1", EmailAddress.of(address(1)))
                  .with("c2", "Customer 2", EmailAddress.of(address(2))))
          .account(ACCOUNT)
          .inbox(Inbox.of("shop", "Our shop", "shop@shop.example", ACCOUNT.id()))
          .inbox(Inbox.of("sales", "Our sales", "sales@shop.example", ACCOUNT.id()))
          .signingKeys(Secret.of("a key that nobody can guess"))
          .publicUrl(URI.create("https://shop.example/engage"))
          .listener(listener)
          .clock(clock)
          .build();
  final RecipientTokens tokens = new RecipientTokens(engage.foundation().keys());
  final AgentDesk clara = engage.deskOf(CLARA);

  /** With so many recipients, all of whom the server took. */
  SpringOffer(int recipients) {
    engage
        .foundation()
        .commit(
            InboxChange.builder()
                .document(SPRING)
                .document(
                    new CampaignList(
                        RIDERS,
                        SPRING.id(),
                        "Riders",
                        "",
                        CampaignList.Status.ACTIVE,
                        MORNING,
                        recipients,
                        0,
                        0)),
            Actor.CONFIGURATION,
            AuditSubject.NONE,
            new AuditFact.CampaignSaved(SPRING.id(), SPRING.name(), List.of()));
    for (int row = 1; row <= recipients; row++) {
      storage
          .recipients()
          .add(
              List.of(
                  new Recipient(
                      id(row),
                      address(row),
                      Recipient.USUAL_PRIORITY,
                      Recipient.Row.EMPTY,
                      RecipientState.PENDING)));
    }
    settleAll(RecipientStatus.SENT, Why.ACCEPTED);
    engage
        .foundation()
        .recognise(
            new CampaignReturns(
                engage.foundation(),
                tokens::find,
                reply -> InvitationReplies.find(reply).map(InvitationReply::answer)));
  }

  private void settleAll(RecipientStatus status, Why why) {
    List<RecipientClaim> claims =
        storage
            .recipients()
            .claim(List.of(RIDERS), 10_000, clock.instant(), clock.instant().plusSeconds(60));
    storage.recipients().markAttempting(claims);
    storage
        .recipients()
        .settle(
            claims.stream()
                .map(
                    each ->
                        RecipientSettlement.end(
                            each, status, RecipientOutcome.of(why, "as told"), clock.instant()))
                .toList());
  }

  /** One more recipient, of whom nobody knows whether they got it. */
  void inDoubt(int row) {
    storage
        .recipients()
        .add(
            List.of(
                new Recipient(
                    id(row),
                    address(row),
                    Recipient.USUAL_PRIORITY,
                    Recipient.Row.EMPTY,
                    RecipientState.PENDING)));
    settleAll(RecipientStatus.IN_DOUBT, Why.NO_ANSWER);
  }

  static RecipientId id(int row) {
    return RecipientId.of(RIDERS, row);
  }

  static String address(int row) {
    return "rider" + row + "@customer.example";
  }

  String messageId(int row) {
    return tokens.messageId(id(row), "shop.example").bracketed();
  }

  RecipientState state(int row) {
    return storage.recipients().find(List.of(id(row))).get(0).state();
  }

  boolean isSuppressed(String address) {
    return !engage
        .foundation()
        .suppressed(List.of(EmailAddress.of(address)), Suppressing.SCOPE)
        .isEmpty();
  }

  /** What happened so far, told or not. */
  List<AuditFact> facts() {
    return storage.audit().chainAfter(0, 1000).stream().map(each -> each.entry().fact()).toList();
  }

  /** In our mailbox, and imported. */
  void arrives(String text) {
    clock.advance(Duration.ofSeconds(1));
    mail.deliver(ACCOUNT.id(), text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    engage.mail().sync(ACCOUNT.id());
  }

  List<Conversation> conversations() {
    return clara.list(ConversationFilter.all(), Page.Request.first(1000)).items();
  }

  List<HeldMail> held() {
    return engage.mail().heldFor(CLARA).list(SPRING.inbox(), "", 100).findValue().orElseThrow();
  }

  String link(LinkPurpose purpose, int row) {
    RecipientLinks links =
        new RecipientLinks(engage.foundation().links(), engage.foundation()::pseudonym);
    return purpose == LinkPurpose.SEEN
        ? "/" + RecipientLinks.SEEN_PATH + links.sign(purpose, id(row), clock.instant())
        : "/"
            + RecipientLinks.UNSUBSCRIBE_PATH
            + links.signUnsubscribing(
                id(row), SPRING.id(), EmailAddress.of(address(row)), clock.instant());
  }

  LinkResponse follows(String method, String path, Map<String, String> parameters) {
    return handle(new LinkRequest(method, path, parameters));
  }

  LinkResponse handle(LinkRequest request) {
    return new CampaignLinks(engage.foundation(), engage.links(), Words.ENGLISH).handle(request);
  }

  @Override
  public void close() {
    engage.close();
  }
}
