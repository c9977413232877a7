package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.core.Outcome;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to a campaign in the moment in which it is about to end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-40")
class FinishingTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final ListId LATE = ListId.of("l2");
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("DL-1")
  void a_list_that_is_switched_on_while_the_campaign_ends_is_sent_to() {
    shop.running(NEWS, 3);
    shop.list(LATE, CampaignList.Status.INACTIVE, 2);
    List<Outcome<CampaignList>> switched = new ArrayList<>();

    workOff(() -> switched.add(switchOn()));

    assertThat(switched).hasSize(1).allMatch(Outcome.Done.class::isInstance);
    assertThat(shop.sent()).hasSize(5);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-3")
  void a_list_that_is_imported_while_the_campaign_ends_is_sent_to() {
    shop.running(NEWS, 3);
    String rows = CampaignScene.HEADER + "Spring;ana@customer.example;Hi;;\"name\":\"Ana\";\n";

    workOff(
        () ->
            shop.dialer
                .deskOf(CLARA)
                .importList(
                    Mailing.SPRING,
                    ListImport.named("Late").thenActivated(),
                    new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8))));

    assertThat(shop.sent()).hasSize(4).contains("ana@customer.example");
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-10")
  void a_campaign_whose_inbox_is_gone_is_held_and_says_so() {
    Campaign lost = Campaign.of(Mailing.SPRING, InboxId.of("gone"), "Spring", NEWS);
    shop.keep(lost.withState(lost.state().to(Status.RUNNING, shop.clock.instant(), null)));
    shop.list(Mailing.LIST, CampaignList.Status.ACTIVE, 3);
    List<CampaignProgress> told = new ArrayList<>();

    Dialer.builder(shop.engage).onProgress(told::add).build().workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("inbox is gone");
    assertThat(told).extracting(CampaignProgress::status).containsExactly(Status.STOPPED);
    assertThat(shop.sent()).isEmpty();
  }

  private Outcome<CampaignList> switchOn() {
    return new CampaignSwitching(new CampaignActs(CLARA, shop.engage.foundation(), () -> {}))
        .switchList(shop.campaign(), LATE, true);
  }

  /** Somebody acts when nobody is due any more and the last count has begun, once. */
  private void workOff(Runnable meanwhile) {
    AtomicReference<String> last = new AtomicReference<>("");
    List<String> done = new ArrayList<>();
    FailingStorage watched =
        new FailingStorage(
            method -> {
              if (method.equals("counts") && last.get().equals("nextDue") && done.isEmpty()) {
                done.add(method);
                meanwhile.run();
              }
              last.set(method);
              return false;
            });
    try (Engage engage = shop.engageOn(watched.over(shop.storage), shop.mail)) {
      Dialer.over(engage).workOff();
    }
  }
}
