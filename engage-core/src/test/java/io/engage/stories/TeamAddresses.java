package io.engage.stories;

import static io.engage.stories.RealStreet.allDone;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.SyncReport;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Reply;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.time.Duration;
import java.time.Instant;

/** First chapter: a team's addresses, its name, and who may write to it. */
final class TeamAddresses extends TeamStage {

  TeamAddresses(RealStreet street) {
    super(street);
  }

  void play() {
    aTeamWithoutImapGetsAForwardingAddress();
    mailThatIsForwardedArrives();
    theSenderAddressChangesAndOldMailStillArrives();
    theCustomerSeesTheDisplayName();
    strangersAreHeld();
    aStrangerIsLetIn();
    automaticAnswersHaveTheDisplayNameWhenWanted();
  }

  private void aTeamWithoutImapGetsAForwardingAddress() {
    Credential right = Credential.password("right");
    StoredAccount account =
        new StoredAccount(MailAccount.of(DEALER.value(), "dealer", null, street.post.smtp()), 0);
    Inbox support = Inbox.of("support", "Service clients", "support@dealer.example", DEALER);
    done(setup.saveInbox(support, account, right));
    street.credentials.with(DEALER, right);
    done(setup.saveInbox(Inbox.of("parts", "Pi\u00e8ces", "parts@dealer.example", DEALER)));

    assertThat(forwarding(SUPPORT).domain()).isEqualTo("in.shop.example");
    assertThat(forwarding(SUPPORT).localPart())
        .startsWith("service-clients-")
        .hasSizeGreaterThan(40);
    assertThat(forwarding(PARTS).localPart()).startsWith("pieces-");
    EmailAddress first = forwarding(PARTS);
    done(setup.giveForwardingAddress(PARTS));
    assertThat(forwarding(PARTS)).as("when the first became known").isNotEqualTo(first);
    assertThat(street.inbox(PARTS).settings().receiving()).isTrue();
  }

  private void mailThatIsForwardedArrives() {
    receives(anas("Mon v\u00e9lo"));
    street.arrives("everything", anas("Directement").to(forwarding(SUPPORT).value()));
    street.sync(EVERYTHING);

    assertThat(open(clara)).hasSize(2).allMatch(each -> each.inbox().equals(SUPPORT));
  }

  private void theSenderAddressChangesAndOldMailStillArrives() {
    Inbox support = street.inbox(SUPPORT);
    done(
        setup.saveInbox(
            new Inbox(
                SUPPORT,
                support.name(),
                NamedAddress.of("Service clients", "hello@dealer.example"),
                support.addresses(),
                DEALER,
                support.settings(),
                support.version())));

    receives(anas("Encore moi"));

    assertThat(street.inbox(SUPPORT).addresses())
        .contains(EmailAddress.of("support@dealer.example"));
    assertThat(ticket("Encore moi").inbox()).isEqualTo(SUPPORT);
  }

  private void theCustomerSeesTheDisplayName() {
    done(clara.reply(ticket("Encore moi").id(), Reply.of("Vendredi.")));
    street.workOff();

    ArrivedMail answer = newestAt("ana@customer.example");
    assertThat(answer.from()).isEqualTo("Service clients <hello@dealer.example>");
    assertThat(answer.text()).startsWith("Vendredi.\n\nClara Rossi, adviser\n");
    allDone(clara.complete(open(clara).stream().map(Conversation::id).toList()));
    assertThat(open(clara)).isEmpty();
  }

  private void strangersAreHeld() {
    edit(SUPPORT, it -> it.knownContactsOnly(true));

    SyncReport stranger = receives(from("eve@elsewhere.example", "Pneus"));
    receives(bens("Ma commande"));

    assertThat(stranger.ignored()).isEqualTo(1);
    assertThat(open(clara)).extracting(Conversation::subject).containsExactly("Ma commande");
    assertThat(done(held().count(SUPPORT))).isEqualTo(1);
    HeldMail mail = done(held().list(SUPPORT, "", 10)).get(0);
    assertThat(mail.cause()).isEqualTo(HeldMail.Cause.UNKNOWN_SENDER);
    assertThat(done(held().look(SUPPORT, mail.key())).text()).contains("Bonjour");
    assertThat(street.post.holds("everything", "INBOX")).hasSize(5);
  }

  private void aStrangerIsLetIn() {
    HeldMail mail = done(held().list(SUPPORT, "", 10)).get(0);

    done(held().letIn(SUPPORT, mail.key()));
    street.workOff();

    assertThat(ticket("Pneus").inbox()).isEqualTo(SUPPORT);
    assertThat(done(held().count(SUPPORT))).isZero();
    assertThat(codes(street.newest(20))).contains("ignored", "let-in");
    assertThat(street.post.arrivedAt("eve@elsewhere.example")).isEmpty();
  }

  private void automaticAnswersHaveTheDisplayNameWhenWanted() {
    TemplateId thanks = TemplateId.of("merci");
    done(
        setup
            .templates()
            .save(
                Template.of(
                    thanks.value(),
                    "Merci",
                    Template.Purpose.CONFIRMATION,
                    "",
                    "Merci, ${customer.name}")));
    Instant since = street.clock.instant();
    edit(SUPPORT, it -> it.confirmation(new Confirmation(thanks, false, since)));
    receives(bens("Un pneu"));

    assertThat(newestAt("ben@customer.example").from()).isEqualTo("hello@dealer.example");
    assertThat(newestAt("ben@customer.example").text()).contains("Merci, Ben Okafor");

    edit(SUPPORT, it -> it.confirmation(new Confirmation(thanks, true, since)));
    street.clock.advance(Duration.ofDays(1).plusMinutes(1));
    receives(bens("Deux pneus"));

    assertThat(street.post.arrivedAt("ben@customer.example")).hasSize(2);
    assertThat(newestAt("ben@customer.example").from())
        .isEqualTo("Service clients <hello@dealer.example>");
    edit(SUPPORT, it -> it.confirmation(null));
  }
}
