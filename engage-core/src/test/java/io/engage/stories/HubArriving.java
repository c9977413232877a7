package io.engage.stories;

import static io.engage.stories.RealStreet.BOSS;
import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.list;
import static io.engage.stories.RealStreet.open;
import static io.engage.stories.RealStreet.opened;
import static io.engage.stories.RealStreet.page;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Listing;
import io.engage.core.OpenedMessage;
import io.engage.core.Outcome;
import io.engage.core.Search;
import io.engage.core.Shop;
import io.engage.core.SyncProgress;
import io.engage.core.SyncReport;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailPreset;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.message.Attachment;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** First chapter: the stores are set up, mail comes in, and clerks find what they look for. */
final class HubArriving extends HubStage {
  private static final byte[] RECEIPT = "%PDF a receipt".getBytes(StandardCharsets.UTF_8);

  HubArriving(RealStreet street) {
    super(street);
  }

  void play() throws IOException {
    aMistypedPasswordLeavesNothingBehind();
    theStoreIsSetUp();
    aSecondStoreSharesTheAccount();
    theStoreGetsAnSmsNumber();
    syncBringsEachMailOnce();
    aClickOpensReadsAndLinks();
    aTextByMailStandsAmongTheSms();
    whoBecameACustomerMeanwhileIsLinkedAtOpening();
    anAttachmentIsSavedByteForByte();
    filtersFindWhatIsMeant();
  }

  private void aMistypedPasswordLeavesNothingBehind() {
    Outcome<?> outcome =
        setup.saveInbox(DOWNTOWN, settings(), Credential.password("wrong-password"));

    assertThat(refused(outcome))
        .contains("did not accept user and password")
        .doesNotContain("wrong-password");
    assertThat(street.engage.inboxes()).isEmpty();
    assertThat(setup.accounts()).isEmpty();
  }

  private void theStoreIsSetUp() {
    var saved = done(setup.saveInbox(DOWNTOWN, settings(), Credential.password("right")));
    street.credentials.with(STORES, Credential.password("right"));

    assertThat(saved.check()).isNotNull();
    assertThat(saved.check().isGreen()).isTrue();
    assertThat(saved.check().findings()).hasSize(3);
    assertThat(street.inbox(DOWNTOWN.id()).version()).isEqualTo(1);
    assertThat(codes(street.newest(10)))
        .containsExactlyInAnyOrder("account-refused", "account-configured", "inbox-configured")
        .endsWith("account-refused");
    assertThat(street.newest(10)).extracting(AuditEntry::actor).containsOnly(Actor.agent(BOSS));
  }

  private void aSecondStoreSharesTheAccount() {
    done(setup.saveInbox(HARBOUR));

    assertThat(setup.accounts()).hasSize(1);
    assertThat(MailPreset.forAddress(EmailAddress.of("shop@gmail.com")))
        .contains(MailPreset.GMAIL)
        .hasValueSatisfying(it -> assertThat(it.login()).isEqualTo(MailPreset.Login.APP_PASSWORD));
    assertThat(MailPreset.YAHOO.imap().host()).isEqualTo("imap.mail.yahoo.com");
  }

  private void theStoreGetsAnSmsNumber() {
    var clienteling = street.engage.clientelingOf(BOSS);
    done(clienteling.onboard(DOWNTOWN.id(), OURS, "(415) 555-0190", true));
    street.workOff();

    assertThat(street.gateway.forwardedCalls())
        .containsExactly(Map.entry(OURS, PhoneNumber.of("+14155550190")));
    assertThat(codes(street.newest(10))).contains("sms-onboarded", "sms-enabled");
  }

  private void syncBringsEachMailOnce() {
    arrives(
        brake()
            .saying("My brake squeals. Can you look at it?")
            .enclosing("receipt n\u00b0 7.pdf", "application/pdf", RECEIPT));
    arrives(mail("Zoe <zoe@elsewhere.example>", "harbour", "Opening hours", "hours@x.example"));
    arrives(mail("Ben <ben@customer.example>", "downtown", "My order", "order@x.example"));
    arrives(newsletter("news1"));
    arrives(newsletter("news2"));
    arrives(
        mail("SMS <sms@gateway.example>", "downtown", "SMS from +14155550101", "sms@g.example")
            .saying("Is my bike ready?"));
    List<SyncProgress> progress = new ArrayList<>();

    SyncReport first = street.engage.mail().sync(STORES, progress::add);
    SyncReport again = street.sync(STORES);

    assertThat(first.imported()).isEqualTo(6);
    assertThat(progress).isNotEmpty();
    assertThat(again.imported()).isZero();
    assertThat(again.commits()).isZero();
    assertThat(street.post.holds("stores", "INBOX")).hasSize(6);
    assertThat(street.post.seen("stores")).isEmpty();
    assertThat(open(clara))
        .hasSize(6)
        .allMatch(each -> each.unread() == 1)
        .filteredOn(each -> each.inbox().equals(HARBOUR.id()))
        .hasSize(1);
  }

  private void aClickOpensReadsAndLinks() {
    OpenedMessage brake = opened(clara, last(clara, bike()).id());
    street.workOff();

    assertThat(brake.content().text()).contains("Can you look at it?");
    assertThat(brake.conversation().findCustomer()).contains(ANA);
    assertThat(brake.message().state().read()).isTrue();
    assertThat(street.post.seen("stores")).containsExactly("brake@x.example");
    assertThat(about(clara, "Brake").unread()).isZero();
  }

  private void aTextByMailStandsAmongTheSms() {
    OpenedMessage sms = opened(clara, last(clara, texts().id()).id());

    assertThat(sms.message().channel()).isEqualTo(Channel.SMS);
    assertThat(sms.content().text().strip()).isEqualTo("Is my bike ready?");
    assertThat(sms.conversation().findCustomer()).contains(ANA);
    assertThat(history(Channel.EMAIL)).extracting(Message::conversation).containsExactly(bike());
    assertThat(history(Channel.SMS)).extracting(Message::id).containsExactly(sms.message().id());
    assertThat(clara.history(ANA, page()).items())
        .extracting(Message::channel)
        .containsExactly(Channel.SMS, Channel.EMAIL);
  }

  private void whoBecameACustomerMeanwhileIsLinkedAtOpening() {
    street.directory.with("ben", "Ben Okafor", Shop.BEN.address());
    Message order = last(clara, about(clara, "My order").id());

    Conversation linked = opened(clara, order.id()).conversation();

    assertThat(linked.findCustomer()).contains(CustomerId.of("ben"));
    assertThat(clara.auditTrail(order.id()))
        .filteredOn(each -> each.fact() instanceof AuditFact.LinkedToCustomer)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.actor()).isEqualTo(Actor.RECEIVING);
              assertThat(((AuditFact.LinkedToCustomer) each.fact()).reason())
                  .endsWith("at opening");
            });
  }

  private void anAttachmentIsSavedByteForByte() throws IOException {
    Message brake = last(clara, bike());
    Attachment file = brake.attachments().get(0);
    ByteArrayOutputStream saved = new ByteArrayOutputStream();

    done(clara.saveAttachment(brake.id(), file.part(), saved));

    assertThat(brake.attachments()).hasSize(1);
    assertThat(file.name().value()).isEqualTo("receipt n\u00b0 7.pdf");
    assertThat(saved.toByteArray()).isEqualTo(RECEIPT);
    assertThat(file.sha256()).isEqualTo(ArrivedMail.sha256(RECEIPT));
  }

  private void filtersFindWhatIsMeant() {
    Search people = Search.of("").within(ConversationFilter.open());
    Listing listing =
        clara.list(people.column("from", "(ana OR zoe)").column("subject", "NOT brake"), page());

    assertThat(subjects(listing)).containsExactly("Opening hours");
    assertThat(subjects(clara.list("brake", page()))).containsExactly("Brake");
    assertThat(list(clara, ConversationFilter.completed())).isEmpty();
    assertThat(assignedToDirk()).isEmpty();
    assertThat(clara.list(people.column("from", "(ana OR"), page()))
        .isInstanceOfSatisfying(
            Listing.Misunderstood.class,
            mistake -> {
              assertThat(mistake.column()).isEqualTo("from");
              assertThat(mistake.position()).isBetween(5, 8);
            });
  }

  private StoredAccount settings() {
    return new StoredAccount(street.account("stores"), 0);
  }

  private static Letter brake() {
    return mail("Ana Silva <ana@customer.example>", "downtown", "Brake", "brake@x.example");
  }

  private static Letter newsletter(String name) {
    return mail(name + "@news.example", "downtown", name, name + "@news.example")
        .with("List-Unsubscribe", "<https://news.example/bye>")
        .with("Precedence", "bulk");
  }

  private static List<String> subjects(Listing listing) {
    return listing.findPage().orElseThrow().items().stream().map(Conversation::subject).toList();
  }
}
