package io.engage.stories;

import static io.engage.stories.RealStreet.allDone;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.AccountCheck;
import io.engage.core.Outcome;
import io.engage.core.SavedInbox;
import io.engage.core.Shop;
import io.engage.core.TemplateDesk;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.RatingRequest;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.mailbox.AccountId;
import io.engage.model.template.Template;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** First chapter: the administrator sets the campaigns up, field by field. */
final class ContactSettingUp extends ContactStage {

  ContactSettingUp(RealStreet street) {
    super(street);
  }

  void play() throws IOException {
    aMistypedPasswordCreatesNoCampaign();
    eachServerHasAColourOfItsOwn();
    theCampaignIsCreated();
    aCampaignMayOnlySend();
    aCampaignIsSelectedAndModified();
    agentsAreAddedToCampaignsAtOnce();
    templatesAreWritten();
    templatesAreAssigned();
  }

  private void aMistypedPasswordCreatesNoCampaign() {
    Outcome<?> outcome = setup.saveInbox(support(), account(), Credential.password("wrong"));

    assertThat(refused(outcome)).contains("did not accept user and password");
    assertThat(street.engage.inboxes()).isEmpty();
    assertThat(setup.accounts()).isEmpty();
  }

  private void eachServerHasAColourOfItsOwn() throws IOException {
    MailAccount mistyped =
        MailAccount.of("support", "support", ServerEndpoint.loopback(unused()), street.post.smtp());

    AccountCheck check = done(setup.check(SUPPORT, mistyped, RIGHT));

    assertThat(check.isGreen(AccountCheck.Server.IMAP)).isFalse();
    assertThat(check.isGreen(AccountCheck.Server.SMTP)).isTrue();
    assertThat(check.isCredentialWrong()).isFalse();
    assertThat(check.reason()).contains("nothing listens there");
    assertThat(setup.accounts()).isEmpty();
  }

  private void theCampaignIsCreated() {
    SavedInbox saved = done(setup.saveInbox(support(), account(), RIGHT));
    street.credentials.with(ACCOUNT, RIGHT);

    assertThat(saved.check()).isNotNull().matches(AccountCheck::isGreen);
    assertThat(street.engage.inboxes()).extracting(Inbox::name).containsExactly("Support");
    assertThat(codes(street.newest(10))).contains("account-configured", "account-refused");
  }

  private void aCampaignMayOnlySend() {
    AccountId sending = AccountId.of("outbound");
    Inbox outbound =
        new Inbox(
            OUTBOUND,
            "Outbound",
            NamedAddress.of("outbound@shop.example"),
            Set.of(),
            sending,
            InboxSettings.usual().change().receiving(false).build(),
            0);
    MailAccount account = MailAccount.of("outbound", "support", null, street.post.smtp());

    SavedInbox saved = done(setup.saveInbox(outbound, new StoredAccount(account, 0), RIGHT));
    street.credentials.with(sending, RIGHT);

    assertThat(saved.check()).isNotNull();
    assertThat(saved.check().findings())
        .extracting(AccountCheck.Finding::server)
        .containsOnly(AccountCheck.Server.SMTP);
    assertThat(refused(setup.setReceiving(List.of(OUTBOUND), true).get(OUTBOUND)))
        .contains("needs an IMAP server");
  }

  private void aCampaignIsSelectedAndModified() {
    Inbox loaded = street.inbox(SUPPORT);
    WeeklySchedule.Window monday = WeeklySchedule.Window.of(DayOfWeek.MONDAY, "09:00", "18:00");
    WeeklySchedule.Window saturday = WeeklySchedule.Window.of(DayOfWeek.SATURDAY, "09:00", "12:00");
    WeeklySchedule hours =
        new WeeklySchedule(ZoneId.of("Europe/Rome"), List.of(), Map.of())
            .with(monday)
            .with(saturday)
            .without(saturday);
    Inbox modified =
        new Inbox(
            SUPPORT,
            "Support",
            NamedAddress.of("The Support", "support@shop.example"),
            loaded.addresses(),
            ACCOUNT,
            loaded
                .settings()
                .change()
                .schedule(hours)
                .limits(new Limits(3, 50))
                .serviceLevel(
                    new ServiceLevel(
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        Duration.ofHours(4),
                        Duration.ofHours(2),
                        20))
                .build(),
            loaded.version());

    done(setup.saveInbox(modified));

    assertThat(street.inbox(SUPPORT).settings().schedule().windows()).containsExactly(monday);
    assertThat(street.inbox(SUPPORT).settings().limits()).isEqualTo(new Limits(3, 50));
    assertThat(refused(setup.saveInbox(modified))).contains("changed by somebody else");
    assertThat(street.newest(1).get(0).fact())
        .isInstanceOfSatisfying(
            AuditFact.InboxConfigured.class,
            it ->
                assertThat(it.changed()).contains("schedule", "limits", "service level", "sender"));
  }

  private void agentsAreAddedToCampaignsAtOnce() {
    Member first = new Member(Shop.CLARA.id(), 0);
    Member second = new Member(Shop.DIRK.id(), 10);

    allDone(setup.addMembers(List.of(SUPPORT, OUTBOUND), List.of(first, second)));
    allDone(setup.removeMembers(List.of(OUTBOUND), List.of(Shop.DIRK.id())));

    assertThat(street.inbox(SUPPORT).settings().members()).containsExactly(first, second);
    assertThat(street.inbox(OUTBOUND).settings().members()).containsExactly(first);
    assertThat(codes(street.newest(3))).containsOnly("members-changed");
  }

  private void templatesAreWritten() {
    TemplateDesk templates = setup.templates();
    done(templates.save(signature()));
    done(
        templates.save(
            Template.of(
                CONFIRMATION.value(),
                "We have it",
                Template.Purpose.CONFIRMATION,
                "",
                "We have it, ${customer.name}. Number ${number}")));
    Template thanks = done(templates.save(reply("Dear ${customer.name}, thanks.", 0))).template();

    Template edited =
        done(templates.save(reply("Dear ${customer.name}, thank you.", 1))).template();

    assertThat(thanks.version()).isEqualTo(1);
    assertThat(edited.version()).isEqualTo(2);
    assertThat(
            refused(
                templates.save(
                    Template.of("bad", "Bad", Template.Purpose.REPLY, "", "Dear\n${>name}"))))
        .contains("line 2, column 1");
    assertThat(done(templates.list()))
        .extracting(Template::name)
        .containsExactlyInAnyOrder("Signature", "We have it", "Thanks");
  }

  private void templatesAreAssigned() {
    done(
        edit(
            SUPPORT,
            it ->
                it.signature(SIGNATURE)
                    .confirmation(new Confirmation(CONFIRMATION, true, street.clock.instant()))
                    .rating(new RatingRequest("Rate our service", "Thank you, see you soon!"))));

    assertThat(refused(setup.templates().delete(SIGNATURE))).contains("'Support'");
  }

  private static Inbox support() {
    return new Inbox(
        SUPPORT,
        "Support",
        NamedAddress.of("Shop Support", "support@shop.example"),
        Set.of(),
        ACCOUNT,
        InboxSettings.usual(),
        0);
  }

  private StoredAccount account() {
    return new StoredAccount(street.account("support"), 0);
  }

  private static Template signature() {
    return new Template(
        SIGNATURE,
        "Signature",
        SUPPORT,
        Template.Purpose.SIGNATURE,
        "",
        "Your support team, ${inbox.name}",
        null,
        0);
  }

  private static Template reply(String text, long version) {
    return Template.of(THANKS.value(), "Thanks", Template.Purpose.REPLY, "Thank you", text)
        .withVersion(version);
  }

  private static int unused() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
