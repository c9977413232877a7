package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process dies at each step that changes something; another one goes on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-12")
@Tag("G-40")
class KilledDialerTest {
  private static final int ROWS = 17;
  private static final int GROUP = 4;

  @ParameterizedTest
  @CsvSource({"NEVER_TWICE,false", "NEVER_TWICE,true", "NEVER_MISS,false", "NEVER_MISS,true"})
  void wherever_it_dies_nobody_is_lost_and_only_the_marked_ones_are_in_doubt(
      Doubt doubt, boolean afterwards) {
    int deaths = 0;
    boolean died = true;
    for (int step = 1; died; step++) {
      try (Mailing shop = new Mailing()) {
        shop.running(
            CampaignPlan.of("News for ${name}")
                .withDoubt(doubt)
                .withPace(Pace.UNLIMITED.withPerSecond(100_000)),
            ROWS);
        DyingProcess process = new DyingProcess(step, afterwards);

        died = dies(shop, process);
        deaths += died ? 1 : 0;
        shop.clock.advance(Duration.ofMinutes(11));
        goOn(shop);

        assertThat(shop.status()).isEqualTo(Status.FINISHED);
        assertThat(shop.counts())
            .isEqualTo(shop.storage.recipients().recount(List.of(Mailing.LIST)));
        if (doubt == Doubt.NEVER_TWICE) {
          assertThat(shop.sent()).doesNotHaveDuplicates();
          TreeSet<String> accountedFor = new TreeSet<>(shop.sent());
          shop.with(RecipientStatus.IN_DOUBT).forEach(each -> accountedFor.add(each.address()));
          assertThat(accountedFor).containsExactlyInAnyOrderElementsOf(Mailing.addresses(ROWS));
          assertThat(shop.counts().inDoubt()).isLessThanOrEqualTo(GROUP);
          assertThat(shop.sent())
              .containsAll(
                  shop.with(RecipientStatus.SENT).stream().map(Recipient::address).toList());
        } else {
          assertThat(new TreeSet<>(shop.sent()))
              .containsExactlyInAnyOrderElementsOf(Mailing.addresses(ROWS));
          assertThat(shop.counts().sent()).isEqualTo(ROWS);
          assertThat(shop.sent()).hasSizeLessThanOrEqualTo(ROWS + GROUP);
        }
      }
    }
    assertThat(deaths).isGreaterThan(30);
  }

  private static boolean dies(Mailing shop, DyingProcess process) {
    try (Engage engage = shop.engageOn(process.storage(shop.storage), process.mail(shop.mail))) {
      Dialer.builder(engage).claimAtOnce(10).markAtOnce(GROUP).build().workOff();
      return false;
    } catch (DyingProcess.Killed killed) {
      return true;
    }
  }

  private static void goOn(Mailing shop) {
    Dialer dialer = Dialer.builder(shop.engage).claimAtOnce(10).markAtOnce(GROUP).build();
    for (Optional<Instant> next = dialer.workOff(); next.isPresent(); next = dialer.workOff()) {
      shop.clock.set(next.get());
    }
  }
}
