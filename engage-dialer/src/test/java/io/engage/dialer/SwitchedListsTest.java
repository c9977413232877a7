package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Outcome;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Missed;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.inbox.WeeklySchedule.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists that are switched on while their campaign runs, in windows whose news expires. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SwitchedListsTest {
  private static final ListId LATE = ListId.of("late");
  private static final WeeklySchedule MORNINGS =
      new WeeklySchedule(
          ZoneId.of("UTC"),
          List.of(
              Window.of(DayOfWeek.MONDAY, "09:00", "10:00"),
              Window.of(DayOfWeek.TUESDAY, "09:00", "10:00")),
          Map.of());
  private static final CampaignPlan NEWS =
      CampaignPlan.of("News for ${name}").withWindows(MORNINGS, Missed.EXPIRE);

  private final Mailing shop = new Mailing();
  private final CampaignDesk desk = shop.dialer.deskOf(Agent.of("ana", "Ana"));

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("G-47")
  void a_list_that_comes_later_does_not_make_old_news_of_another_list_new() {
    shop.running(NEWS, 2);
    shop.list(LATE, CampaignList.Status.INACTIVE, 1);
    shop.clock.advance(Duration.ofHours(2));
    assertThat(desk.activate(LATE)).isInstanceOf(Outcome.Done.class);
    shop.clock.advance(Duration.ofHours(22));

    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(1);
    assertThat(shop.state(1).outcome().why()).isEqualTo(Why.EXPIRED);
    assertThat(
            shop.storage
                .recipients()
                .find(List.of(RecipientId.of(LATE, 1)))
                .get(0)
                .state()
                .status())
        .isEqualTo(RecipientStatus.SENT);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("G-47")
  void a_campaign_that_runs_has_not_rested_when_somebody_adds_a_list() {
    shop.campaign(CampaignPlan.of("News for ${name}"), Status.RUNNING);
    shop.list(LATE, CampaignList.Status.INACTIVE, 1);
    shop.clock.advance(Duration.ofHours(5));

    desk.activate(LATE);
    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(1);
  }

  @Test
  @Tag("DL-1")
  void whoever_is_about_to_finish_sees_that_a_list_has_come() {
    shop.running(NEWS, 1);
    shop.list(LATE, CampaignList.Status.INACTIVE, 1);
    long before = shop.campaign().version();

    desk.activate(LATE);

    assertThat(shop.campaign().version()).isGreaterThan(before);
    assertThat(shop.campaign().state().changedAt()).isEqualTo(shop.clock.instant());
  }
}
