package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.Recipients;
import io.engage.testkit.HostsTransaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people may ask of whoever sent them campaigns. */
@Tag("PO-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailingPrivacyTest {
  private static final EmailAddress ANA = EmailAddress.of("ana.silva@mail.example");
  private static final EmailAddress BEN = EmailAddress.of("ben@mail.example");
  private static final Person PERSON = Person.at(ANA);
  private static final ListId BUYERS = ListId.of("buyers");
  private static final String BIKE = "a crimson tandem";

  private final Street street = new Street();
  private final PrivacyDesk desk = street.engage.privacyOf(Shop.CLARA);
  private final Recipients recipients = street.storage.recipients();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void who_was_sent_campaigns_is_told_all_of_it() throws IOException {
    mailed();

    String json = exported();

    assertThat(json)
        .contains("\"campaign\" : \"Spring offer\"", BIKE, "\"outcome\" : \"rejected\"")
        .contains("\"reason\" : \"refused\"", "\"row\" : 1", "\"row\" : 3")
        .doesNotContain(BEN.value());
  }

  @Test
  void of_an_erased_person_campaigns_keep_nothing_but_what_became_of_it() {
    mailed();

    desk.erase(PERSON);

    for (String trace : List.of(ANA.value(), "silva", BIKE)) {
      assertThat(MemoryGrep.find(trace, street.storage, street.blobs)).as(trace).isEmpty();
    }
    assertThat(recipients.counts(List.of(BUYERS)).rejected()).isEqualTo(1);
    assertThat(recipients.counts(List.of(BUYERS)).total()).isEqualTo(3);
    assertThat(recipients.find(List.of(RecipientId.of(BUYERS, 2))).get(0).address())
        .isEqualTo(BEN.value());
  }

  @Test
  void before_the_erasure_every_trace_is_found() {
    mailed();

    for (String trace : List.of(ANA.value(), "silva", BIKE)) {
      assertThat(MemoryGrep.find(trace, street.storage, street.blobs)).as(trace).isNotEmpty();
    }
  }

  @Test
  void who_waits_for_their_turn_is_not_sent_to_after_the_erasure() {
    mailed();

    desk.erase(PERSON);

    assertThat(recipients.find(List.of(RecipientId.of(BUYERS, 3))).get(0).state().status())
        .isEqualTo(RecipientStatus.FAILED);
    assertThat(
            recipients.claim(List.of(BUYERS), 9, Instant.MAX.minusSeconds(9), Instant.MAX).stream()
                .map(claim -> claim.recipient().address()))
        .containsExactly(BEN.value());
  }

  @Test
  @Tag("DL-3")
  void a_row_whose_address_is_none_but_holds_theirs_is_exported_and_erased_too()
      throws IOException {
    mailed();
    recipients.add(
        List.of(invalid(4, "Ana <" + ANA.value() + ">"), invalid(5, "su" + ANA.value() + ",")));
    assertThat(exported()).contains("Ana <" + ANA.value() + ">");

    desk.erase(PERSON);

    assertThat(recipients.of(BUYERS, Set.of(), 0, 9))
        .extracting(Recipient::address)
        .noneMatch(each -> each.contains("<" + ANA.value()))
        .contains("su" + ANA.value() + ",", BEN.value());
    assertThat(recipients.counts(List.of(BUYERS)).total()).isEqualTo(5);
  }

  @Test
  @Tag("DL-8")
  void who_unsubscribed_stays_so_after_the_erasure() {
    mailed();
    recipients.note(
        List.of(
            RecipientNote.of(
                RecipientId.of(BUYERS, 1),
                RecipientNote.Kind.UNSUBSCRIBED,
                street.clock.instant())));

    desk.erase(PERSON);

    assertThat(street.engage.foundation().suppressed(Set.of(ANA, BEN), "bulk"))
        .containsExactly(ANA);
  }

  @Test
  @Tag("TH-6")
  void who_may_not_do_so_in_the_inbox_of_the_campaign_erases_nobody() {
    mailed();
    Agent nobody = Agent.of("nobody", "Nobody");
    street.permissions.refuse(
        nobody.id(), AgentAction.ERASE_PERSON, Shop.workshop().id(), "Ask Dirk");

    Outcome<Erasure> refused = street.engage.privacyOf(nobody).erase(PERSON);

    assertThat(refused).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(recipients.withAddress(ANA, null, 9)).hasSize(2);
  }

  @Test
  @Tag("PO-2")
  void within_a_transaction_of_the_host_nobody_is_erased_who_stands_in_a_list() {
    mailed();
    try (Engage node = street.engageOn(HostsTransaction.openOver(street.storage), street.mail)) {
      PrivacyDesk within = node.privacyOf(Shop.CLARA);

      Outcome<Erasure> ofAna = within.erase(PERSON);
      Outcome<Erasure> ofCarla = within.erase(Person.at(EmailAddress.of("carla@mail.example")));

      assertThat(ofAna).isInstanceOf(Outcome.Refused.class);
      assertThat(ofCarla.isDone()).isTrue();
    }
    assertThat(recipients.withAddress(ANA, null, 9)).hasSize(2);
  }

  private String exported() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    desk.export(PERSON, file);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.toByteArray()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("person.json");
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Ana stands in two rows, of which one was refused and one waits; Ben in another. */
  private void mailed() {
    Campaign spring =
        Campaign.of(
            CampaignId.of("spring"),
            Shop.workshop().id(),
            "Spring offer",
            CampaignPlan.of("Spring"));
    CampaignList list =
        new CampaignList(
            BUYERS,
            spring.id(),
            "Buyers",
            "",
            CampaignList.Status.ACTIVE,
            street.clock.instant(),
            3,
            0,
            0);
    street
        .engage
        .foundation()
        .commit(
            InboxChange.builder().document(spring).document(list),
            Actor.agent(Shop.CLARA),
            AuditSubject.of(spring.inbox()),
            new AuditFact.CampaignSaved(spring.id(), spring.name(), List.of()));
    recipients.add(
        List.of(row(1, "Ana.Silva@mail.example"), row(2, BEN.value()), row(3, ANA.value())));
    Instant now = street.clock.instant();
    List<RecipientClaim> claims =
        recipients.markAttempting(recipients.claim(List.of(BUYERS), 1, now, now.plusSeconds(9)));
    recipients.settle(
        List.of(
            RecipientSettlement.end(
                claims.get(0),
                RecipientStatus.REJECTED,
                new RecipientOutcome(
                    Why.REFUSED,
                    "Unknown",
                    new SmtpReply(550, "5.1.1", "<ana.silva@mail.example>: unknown")),
                now)));
  }

  private static Recipient invalid(long row, String text) {
    return row(row, text)
        .withState(
            RecipientState.failed(
                RecipientOutcome.of(Why.INVALID_ADDRESS, "It is none"), Instant.EPOCH));
  }

  private static Recipient row(long row, String address) {
    Map<String, String> bike = address.equals(BEN.value()) ? Map.of() : Map.of("bike", BIKE);
    return new Recipient(
        RecipientId.of(BUYERS, row),
        address,
        9,
        new Recipient.Row("", List.of(), bike),
        RecipientState.PENDING);
  }
}
