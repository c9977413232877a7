package io.engage.dialer;

import static io.engage.dialer.Mailing.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientState.Traces;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How campaigns wait while there is nothing to do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  /** Nothing of the campaign has changed, so nobody would look for minutes. */
  @Test
  @Tag("DL-12")
  void whoever_waits_is_woken_by_what_an_agent_decides() {
    shop.running(NEWS, 2);
    inDoubt();
    tomorrow(3);
    Dialer patient = Dialer.builder(shop.engage).longestPause(Duration.ofHours(1)).build();

    try (patient;
        Dialer.Running work = patient.start()) {
      Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> shop.sent().size() == 1);
      patient
          .deskOf(Agent.of("ana", "Ana"))
          .resolve(Mailing.SPRING, List.of(RecipientId.of(LIST, 1)), Resolution.SEND_AGAIN);

      Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> shop.sent().size() == 2);
    }

    assertThat(shop.sent()).last().isEqualTo(Mailing.address(1).value());
    assertThat(shop.status()).isEqualTo(Status.RUNNING);
  }

  @Test
  @Tag("G-47")
  @Tag("DL-9")
  void a_campaign_that_waits_for_what_its_account_may_send_has_not_rested() {
    shop.running(NEWS, 3);
    Dialer slow =
        Dialer.builder(shop.engage).limit(Mailing.ACCOUNT, Pace.every(Duration.ofHours(5))).build();

    for (Optional<Instant> next = slow.workOff(); next.isPresent(); next = slow.workOff()) {
      shop.clock.set(next.get());
    }

    assertThat(shop.sent()).hasSize(3);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  private void inDoubt() {
    Instant now = shop.clock.instant();
    List<RecipientClaim> claims =
        shop.storage.recipients().claim(List.of(LIST), 1, now, now.plusSeconds(60));
    shop.storage
        .recipients()
        .settle(
            List.of(
                RecipientSettlement.end(
                    claims.get(0),
                    RecipientStatus.IN_DOUBT,
                    RecipientOutcome.of(Why.NO_ANSWER, "No answer"),
                    now)));
  }

  private void tomorrow(long row) {
    Recipient waits = Mailing.customer(LIST, row);
    shop.storage
        .recipients()
        .add(
            List.of(
                waits.withState(
                    new RecipientState(
                        RecipientStatus.PENDING,
                        0,
                        shop.clock.instant().plus(Duration.ofDays(1)),
                        null,
                        null,
                        Traces.NONE))));
  }
}
