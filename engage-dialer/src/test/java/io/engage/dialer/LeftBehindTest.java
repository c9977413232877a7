package io.engage.dialer;

import static io.engage.dialer.Mailing.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Documents;
import io.engage.spi.PortFailure;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node was killed when the first of three mails was on its way and the second one claimed, and
 * then nobody wanted the rest of that list sent.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-40")
@Tag("DL-12")
class LeftBehindTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @EnumSource(Doubt.class)
  void when_the_campaign_is_cancelled_its_counts_become_final(Doubt doubt) {
    killed(doubt);
    shop.to(Status.CANCELLED);
    shop.clock.advance(LEASE);

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    assertThat(shop.state(1).outcome().why()).isEqualTo(Why.INTERRUPTED);
    assertThat(shop.counts().attempting() + shop.counts().claimed()).isZero();
    assertThat(shop.counts().pending()).isEqualTo(2);
    assertThat(shop.sent()).isEmpty();
  }

  @Test
  void when_the_list_is_switched_off_whoever_may_have_their_mail_gets_no_second_one() {
    killed(Doubt.NEVER_TWICE);
    switchList(CampaignList.Status.INACTIVE);
    shop.list(ListId.of("l2"), CampaignList.Status.ACTIVE, 1);
    shop.clock.advance(LEASE);

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    assertThat(shop.counts().attempting() + shop.counts().claimed()).isZero();
    assertThat(shop.sent()).hasSize(1);
  }

  @Test
  void when_nobody_is_to_be_missed_they_wait_until_the_list_is_on_again() {
    killed(Doubt.NEVER_MISS);
    shop.to(Status.STOPPED);
    switchList(CampaignList.Status.INACTIVE);
    shop.clock.advance(LEASE);
    shop.dialer.workOff();
    assertThat(shop.counts().pending()).isEqualTo(3);
    switchList(CampaignList.Status.ACTIVE);
    shop.to(Status.RUNNING);

    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(3);
    assertThat(shop.state(1).attempts()).isEqualTo(2);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  void when_the_campaign_finished_without_that_list_it_is_settled_as_well() {
    killed(Doubt.NEVER_TWICE);
    switchList(CampaignList.Status.INACTIVE);
    shop.to(Status.FINISHED);
    shop.clock.advance(LEASE);

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    assertThat(shop.counts().attempting() + shop.counts().claimed()).isZero();
  }

  @Test
  void campaigns_that_are_long_over_cost_an_idle_round_nothing() {
    for (int i = 0; i < 100; i++) {
      shop.over("spring-" + i);
    }
    AtomicInteger asked = new AtomicInteger();
    try (Engage engage = shop.engageOn(countingQuestions(shop.storage, asked), shop.mail)) {
      Dialer dialer = Dialer.over(engage);
      dialer.workOff();
      int atFirst = asked.getAndSet(0);

      shop.clock.advance(Duration.ofMinutes(10));
      dialer.workOff();

      assertThat(atFirst).isGreaterThanOrEqualTo(100);
      assertThat(asked.get()).isLessThan(20);
    }
  }

  private static Storage countingQuestions(Storage good, AtomicInteger asked) {
    Documents documents =
        Between.callersAnd(
            Documents.class,
            good.documents(),
            call -> {
              asked.incrementAndGet();
              return call.proceed();
            });
    return Between.callersAnd(
        Storage.class, good, call -> call.name().equals("documents") ? documents : call.proceed());
  }

  @Test
  @Tag("G-42")
  void whoever_is_still_at_work_settles_for_themselves() {
    killed(Doubt.NEVER_TWICE);
    shop.to(Status.CANCELLED);
    shop.clock.advance(LEASE.minusSeconds(1));

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.ATTEMPTING);
    assertThat(shop.state(2).status()).isEqualTo(RecipientStatus.CLAIMED);
  }

  @Test
  void a_store_that_does_not_answer_to_this_keeps_no_campaign_from_its_turn() {
    shop.running(NEWS, 3);

    try (Engage engage =
        shop.engageOn(new FailingStorage("claimAbandoned"::equals).over(shop.storage), shop.mail)) {
      shop.list(ListId.of("l2"), CampaignList.Status.INACTIVE, 1);
      assertThatThrownBy(() -> Dialer.over(engage).workOff()).isInstanceOf(PortFailure.class);
    }

    assertThat(shop.sent()).hasSize(3);
  }

  private void killed(Doubt doubt) {
    shop.running(NEWS.withDoubt(doubt), 3);
    Recipients recipients = shop.storage.recipients();
    Instant now = shop.clock.instant();
    List<RecipientClaim> claims = recipients.claim(List.of(LIST), 2, now, now.plus(LEASE));
    recipients.markAttempting(claims.subList(0, 1));
  }

  private void switchList(CampaignList.Status status) {
    CampaignList list =
        (CampaignList) shop.storage.documents().find(List.of(CampaignList.keyOf(LIST))).get(0);
    shop.keep(list.withStatus(status, shop.clock.instant()));
  }
}
