package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.dialer.forecasting.Forecast;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.MailPreset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shop whose mailbox is at a provider that takes thirty mails a minute, and 10,000 a day. */
@Tag("DL-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProviderPaceTest {
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");

  private final Mailing shop = new Mailing();
  private final Engage engage = shop.engageThrough(MailPreset.MICROSOFT_365.smtp());

  @AfterEach
  void close() {
    engage.close();
    shop.close();
  }

  @Test
  void a_campaign_without_a_pace_goes_out_as_its_provider_takes_it() {
    shop.running(NEWS, 100);

    workForMinutes(Dialer.over(engage), 2);

    assertThat(shop.sent()).hasSizeBetween(50, 60);
  }

  @Test
  void what_the_host_says_of_an_account_counts_instead() {
    shop.running(NEWS, 100);
    Dialer dialer = Dialer.builder(engage).limit(Mailing.ACCOUNT, Pace.UNLIMITED).build();

    dialer.workOff();

    assertThat(shop.sent()).hasSize(100);
  }

  @Test
  @Tag("DL-6")
  void whoever_looks_before_the_start_learns_it_and_when_it_will_be_done() {
    shop.running(NEWS, 61);
    CampaignDesk desk = Dialer.over(engage).deskOf(CLARA);

    Preflight preflight = desk.preflight(Mailing.SPRING).findValue().orElseThrow();

    assertThat(preflight.warnings())
        .containsExactly(
            "Microsoft 365 takes 30 mails a minute from an account, so they go out no faster than"
                + " that.");
    assertThat(preflight.isClean()).isTrue();
    assertThat(preflight.forecast())
        .isEqualTo(new Forecast.At(shop.clock.instant().plus(Duration.ofMinutes(2))));
    assertThat(desk.monitor(Mailing.SPRING).findValue().orElseThrow().forecast())
        .isEqualTo(preflight.forecast());
  }

  @Test
  @Tag("DL-6")
  void nobody_is_warned_of_a_server_that_is_not_known() {
    shop.running(NEWS, 61);

    Preflight preflight =
        shop.dialer.deskOf(CLARA).preflight(Mailing.SPRING).findValue().orElseThrow();

    assertThat(preflight.warnings()).isEmpty();
  }

  private void workForMinutes(Dialer dialer, int minutes) {
    Instant end = shop.clock.instant().plus(Duration.ofMinutes(minutes));
    Optional<Instant> next = dialer.workOff();
    while (next.isPresent() && next.get().isBefore(end)) {
      shop.clock.set(next.get());
      next = dialer.workOff();
    }
  }
}
