package io.engage.dialer.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.Pace;
import io.engage.model.inbox.MailPreset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DL-6")
@Tag("DL-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FittingTest {
  private static final MailPreset PROVIDER = MailPreset.MICROSOFT_365;
  private static final Pace ITS_PACE = Pace.UNLIMITED.withPerMinute(30);

  @Test
  void what_is_no_faster_than_the_provider_fits() {
    assertThat(Fitting.decide(ITS_PACE, Pace.UNLIMITED, PROVIDER, 10_000)).isEmpty();
    assertThat(Fitting.decide(Pace.UNLIMITED.withPerHour(1_800), ITS_PACE, PROVIDER, 1)).isEmpty();
  }

  @Test
  void what_is_faster_is_slowed_down_or_refused() {
    assertThat(Fitting.decide(Pace.UNLIMITED.withPerSecond(1), ITS_PACE, PROVIDER, 1))
        .singleElement()
        .asString()
        .endsWith("so they go out no faster than that.");
    assertThat(Fitting.decide(Pace.UNLIMITED.withPerMinute(31), Pace.UNLIMITED, PROVIDER, 1))
        .singleElement()
        .asString()
        .endsWith("puts off or refuses what comes faster. Give the campaign a pace.");
  }

  @Test
  void more_than_a_day_takes_is_told_with_the_days_that_it_needs() {
    assertThat(Fitting.decide(ITS_PACE, ITS_PACE, PROVIDER, 20_001))
        .containsExactly(
            "Microsoft 365 takes mails to at most 10,000 recipients a day from an account, but"
                + " there are 20,001. Share them among 3 days by windows and pace, or send through"
                + " a provider for bulk mail.");
  }

  @Test
  void more_connections_than_it_takes_are_told() {
    assertThat(Fitting.decide(ITS_PACE.withConnections(4), ITS_PACE, PROVIDER, 1))
        .containsExactly(
            "Microsoft 365 takes 3 connections at once from an account, but the campaign asks for"
                + " 4.");
    assertThat(Fitting.decide(ITS_PACE.withConnections(3), ITS_PACE, PROVIDER, 1)).isEmpty();
  }

  @Test
  void of_a_provider_that_states_nothing_nothing_is_said() {
    assertThat(
            Fitting.decide(
                Pace.UNLIMITED.withConnections(50), Pace.UNLIMITED, MailPreset.GMX, 1_000_000))
        .isEmpty();
  }
}
