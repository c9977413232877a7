package io.engage.stories;

import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.ClientelingDesk;
import io.engage.core.Outcome;
import io.engage.core.QuickReplyDesk;
import io.engage.core.Shop;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.sms.SmsLine;
import io.engage.model.template.QuickReply;
import java.util.List;
import java.util.Map;

/** First chapter: stores are onboarded and enabled, texts and quick replies are written. */
final class StoreSettingUp extends StoreStage {
  private static final String OPT_IN = "${inbox.name}: may we text you? Reply YES, or STOP to end.";

  StoreSettingUp(RealStreet street) {
    super(street);
  }

  void play() {
    threeStoresAreThere();
    anAssociateMayOnboardNobody();
    aStoreIsOnboardedAndEnabledAtOnce();
    aStoreIsOnboardedFirstAndEnabledLater();
    whatIsEnabledStaysEnabled();
    theOptInRequestIsTheHosts();
    quickRepliesAreWrittenAndOrdered();
  }

  private void threeStoresAreThere() {
    Credential right = Credential.password("right");
    StoredAccount account = new StoredAccount(street.account("stores"), 0);
    Inbox downtown = Inbox.of("downtown", "Downtown", "downtown@shop.example", STORES);
    done(setup.saveInbox(downtown, account, right));
    street.credentials.with(STORES, right);
    done(setup.saveInbox(Inbox.of("harbour", "Harbour", "harbour@shop.example", STORES)));
    done(setup.saveInbox(Inbox.of("airport", "Airport", "airport@shop.example", STORES)));
    for (InboxId store : List.of(DOWNTOWN, HARBOUR, AIRPORT)) {
      street.permissions.refuse(
          Shop.CLARA.id(), AgentAction.MANAGE_CLIENTELING, store, "Ask the head office");
    }
  }

  private void anAssociateMayOnboardNobody() {
    ClientelingDesk associate = street.engage.clientelingOf(Shop.CLARA);

    Outcome<Inbox> outcome = associate.onboard(DOWNTOWN, FIRST, "(415) 555-0190", true);

    assertThat(refused(outcome)).isEqualTo("Ask the head office");
    assertThat(associate.onboardable()).isEmpty();
    assertThat(street.newest(1).get(0).fact())
        .isEqualTo(new AuditFact.ActionRefused("manage-clienteling", "Ask the head office"));
    assertThat(manager.onboarded()).isEmpty();
  }

  private void aStoreIsOnboardedAndEnabledAtOnce() {
    assertThat(manager.onboardable())
        .extracting(Inbox::id)
        .containsExactlyInAnyOrder(DOWNTOWN, HARBOUR, AIRPORT);
    assertThat(done(manager.freeNumbers())).containsExactly(FIRST, SECOND);
    assertThat(refused(manager.onboard(DOWNTOWN, FIRST, "12", true)))
        .contains("Give the shop's own line");

    done(manager.onboard(DOWNTOWN, FIRST, "(415) 555-0190", true));
    street.workOff();

    assertThat(street.gateway.forwardedCalls())
        .containsExactly(Map.entry(FIRST, PhoneNumber.of("+14155550190")));
    assertThat(manager.onboarded())
        .singleElement()
        .satisfies(
            store -> {
              assertThat(store.id()).isEqualTo(DOWNTOWN);
              assertThat(store.settings().sms().enabled()).isTrue();
            });
    assertThat(done(manager.freeNumbers())).containsExactly(SECOND);
    assertThat(codes(street.newest(5))).contains("sms-onboarded", "sms-enabled");
  }

  private void aStoreIsOnboardedFirstAndEnabledLater() {
    Inbox harbour = done(manager.onboard(HARBOUR, SECOND, "+1 415 555 0191", false));

    assertThat(harbour.settings().sms().enabled()).isFalse();
    assertThat(refused(manager.onboard(AIRPORT, SECOND, "+1 415 555 0192", true)))
        .contains("not free");
    assertThat(done(manager.freeNumbers())).isEmpty();
    assertThat(refused(texting.begin(HARBOUR, BEN, BENS, "Hi"))).contains("not enabled");

    Map<InboxId, Outcome<Inbox>> outcomes = manager.enable(List.of(HARBOUR, DOWNTOWN, AIRPORT));

    assertThat(outcomes.get(HARBOUR).isDone()).isTrue();
    assertThat(outcomes.get(DOWNTOWN)).isInstanceOf(Outcome.AlreadySo.class);
    assertThat(refused(outcomes.get(AIRPORT))).contains("Onboard it first");
  }

  private void whatIsEnabledStaysEnabled() {
    Inbox downtown = street.inbox(DOWNTOWN);
    SmsLine line = downtown.settings().sms();
    SmsLine disabled = new SmsLine(line.number(), line.callsTo(), false);

    for (InboxSettings settings :
        List.of(
            downtown.settings().change().sms(disabled).build(),
            downtown.settings().change().sms(null).build())) {
      refused(setup.saveInbox(downtown.withSettings(settings)));
    }

    assertThat(street.inbox(DOWNTOWN)).isEqualTo(downtown);
  }

  private void theOptInRequestIsTheHosts() {
    assertThat(done(manager.policy()).optIn()).contains("YES", "STOP");

    done(manager.changeOptIn(OPT_IN));

    refused(manager.changeOptIn("${nickname}, may we text you?"));
    refused(street.engage.clientelingOf(Shop.CLARA).changeOptIn("May I?"));
    assertThat(done(manager.policy()).optIn()).isEqualTo(OPT_IN);
    assertThat(codes(street.newest(10))).containsOnlyOnce("sms-policy-changed");
  }

  private void quickRepliesAreWrittenAndOrdered() {
    QuickReplyDesk desk = setup.quickReplies();
    done(desk.add("Ready", "Hello, your order is ready."));
    done(desk.add("Hours", "We open at nine."));
    done(desk.add("Bye", "Thank you!"));
    List<String> ids = done(desk.list()).replies().stream().map(QuickReply::id).toList();

    done(desk.update(ids.get(0), "Ready", "Hello ${customer.name}, your order is ready."));
    done(desk.move(ids.get(2), 0));
    done(desk.delete(ids.get(1)));

    refused(desk.add(" ", "Nothing stands above it"));
    assertThat(done(desk.list()).replies())
        .extracting(QuickReply::title)
        .containsExactly("Bye", "Ready");
    assertThat(codes(street.newest(6))).containsOnly("quick-replies-changed");
  }
}
