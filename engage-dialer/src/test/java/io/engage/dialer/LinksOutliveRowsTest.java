package io.engage.dialer;

import static io.engage.dialer.CampaignScene.ANA;
import static io.engage.dialer.CampaignScene.CLARA;
import static io.engage.dialer.CampaignScene.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.core.LinkRequest;
import io.engage.core.LinkResponse;
import io.engage.core.Outcome;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mail is kept for longer than the row that it was made from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-8")
class LinksOutliveRowsTest {
  private final CampaignScene scene = new CampaignScene();
  private final Campaign spring = scene.spring();
  private final CampaignList buyers = scene.active(spring.id());

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  @Tag("PO-6")
  void who_was_erased_and_follows_the_link_gets_nothing_when_somebody_imports_them_again()
      throws IOException {
    String link = linkOfAna();
    scene.engage.privacyOf(CLARA).erase(Person.of(CustomerId.of("ana")));

    LinkResponse pressed = press(link);

    assertThat(pressed.status()).isEqualTo(200);
    assertThat(stateOfAnaImportedAgain(spring).outcome().why()).isEqualTo(Why.SUPPRESSED);
    assertThat(suppressions()).containsExactly(AuditSubject.of(SHOP.id()));
  }

  @Test
  void whose_list_was_removed_and_follows_the_link_gets_nothing_later() throws IOException {
    String link = linkOfAna();
    scene.desk.deactivate(buyers.id());
    assertThat(scene.desk.removeList(buyers.id())).isInstanceOf(Outcome.Done.class);

    List<Integer> answers = List.of(press(link).status(), press(link).status());

    assertThat(answers).containsExactly(200, 200);
    assertThat(stateOfAnaImportedAgain(spring).outcome().why()).isEqualTo(Why.SUPPRESSED);
    assertThat(suppressions()).containsExactly(AuditSubject.of(SHOP.id()));
  }

  @Test
  void even_with_its_campaign_gone_the_link_is_asked_about_and_taken() throws IOException {
    String link = linkOfAna();
    scene.desk.deactivate(buyers.id());
    assertThat(scene.desk.remove(spring.id())).isInstanceOf(Outcome.Done.class);

    LinkResponse asked = scene.dialer.links().handle(new LinkRequest("GET", link, Map.of()));
    press(link);

    assertThat(asked.status()).isEqualTo(200);
    assertThat(suppressions()).containsExactly(AuditSubject.NONE);
    assertThat(stateOfAnaImportedAgain(scene.spring()).outcome().why()).isEqualTo(Why.SUPPRESSED);
  }

  @Test
  void the_link_in_a_mail_that_was_tried_out_unsubscribes_nobody() throws IOException {
    scene.desk.sendTest(RecipientId.of(buyers.id(), 1), ANA);

    LinkResponse pressed = press(link(0));

    assertThat(pressed.status()).isEqualTo(404);
    assertThat(suppressions()).isEmpty();
  }

  @Test
  @Tag("PO-6")
  void nothing_is_sent_whose_links_are_dead_after_a_restart() {
    scene.desk.start(spring.id());
    try (Engage keyless = keyless();
        Dialer dialer = Dialer.over(keyless)) {

      dialer.workOff();
      Outcome<Campaign> resumed = dialer.deskOf(CLARA).resume(spring.id());

      assertThat(scene.mail.sent()).isEmpty();
      assertThat(scene.now(spring.id()).state().reason()).contains("signingKeys(...)");
      assertThat(resumed).isInstanceOf(Outcome.Refused.class);
    }
  }

  private Engage keyless() {
    return Engage.builder()
        .storage(scene.storage)
        .mail(scene.mail)
        .blobs(scene.blobs)
        .customers(InMemoryCustomerDirectory.create())
        .permissions(scene.permissions)
        .account(CampaignScene.ACCOUNT)
        .inbox(SHOP)
        .inbox(CampaignScene.REPAIRS)
        .clock(scene.clock)
        .build();
  }

  private String linkOfAna() throws IOException {
    scene.desk.start(spring.id());
    scene.dialer.workOff();
    return link(0);
  }

  /** The path of the link in a mail that arrived. */
  private String link(int mail) throws IOException {
    String field =
        MimeFormat.create()
            .parse(scene.mail.sent().get(mail).content())
            .findField("List-Unsubscribe")
            .orElseThrow();
    return field.replace("<https://shop.example/engage", "").replace(">", "");
  }

  private LinkResponse press(String link) {
    return scene
        .dialer
        .links()
        .handle(new LinkRequest("POST", link, Map.of("List-Unsubscribe", "One-Click")));
  }

  private RecipientState stateOfAnaImportedAgain(Campaign campaign) {
    CampaignList again =
        scene
            .imported(
                campaign.id(),
                ListImport.named("Once more").thenActivated(),
                "Spring;ANA@customer.example;Hello again;;\"name\":\"Ana\";\n")
            .list();
    scene.desk.start(campaign.id());
    scene.dialer.workOff();
    RecipientState state =
        scene.storage.recipients().find(List.of(RecipientId.of(again.id(), 1))).get(0).state();
    assertThat(state.status()).isEqualTo(RecipientStatus.FAILED);
    return state;
  }

  private List<AuditSubject> suppressions() {
    return scene.trail().stream()
        .filter(each -> each.fact() instanceof AuditFact.Suppressed)
        .map(AuditEntry::subject)
        .filter(Objects::nonNull)
        .toList();
  }
}
