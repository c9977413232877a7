package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.spi.MailSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that takes its time with each mail, while others look for what was abandoned. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SlowServerTest {
  private static final CampaignPlan NEWS =
      CampaignPlan.of("News for ${name}").withDoubt(Doubt.NEVER_MISS);

  private final Mailing shop = new Mailing();
  private int mails;

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("G-42")
  @Tag("DL-12")
  void a_mail_that_takes_longer_than_a_lease_is_not_sent_by_another_node_too() {
    shop.running(NEWS, 3);
    List<Dialer> slow = new ArrayList<>();

    try (Engage engage = shop.engageOn(shop.storage, taking(first -> waitsForAnHour(slow)))) {
      slow.add(Dialer.over(engage));
      slow.get(0).workOff();
    }
    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(3).doesNotHaveDuplicates();
    assertThat(shop.counts().sent()).isEqualTo(3);
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  /** The leases are prolonged as often as they would be, and another node looks in between. */
  private void waitsForAnHour(List<Dialer> slow) {
    for (int minutes = 0; mails == 1 && minutes < 60; minutes += 5) {
      shop.clock.advance(Duration.ofMinutes(5));
      slow.get(0).beat();
      shop.dialer.workOff();
    }
  }

  @Test
  @Tag("G-42")
  @Tag("DL-12")
  void whoever_was_overtaken_nevertheless_begins_no_further_mail() {
    shop.running(NEWS, 3);
    List<Dialer> slow = new ArrayList<>();

    try (Engage engage = shop.engageOn(shop.storage, taking(first -> isOvertaken(slow)))) {
      slow.add(Dialer.over(engage));
      slow.get(0).workOff();
    }

    assertThat(shop.sent().subList(1, shop.sent().size())).doesNotHaveDuplicates();
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  private void isOvertaken(List<Dialer> slow) {
    if (mails == 1) {
      shop.clock.advance(Duration.ofMinutes(11));
      shop.dialer.workOff();
      slow.get(0).beat();
    }
  }

  @Test
  @Tag("DL-12")
  void the_groups_become_small_so_that_a_crash_leaves_few_in_doubt() {
    shop.running(NEWS, 200);
    List<Long> marked = new ArrayList<>();

    try (Engage engage = shop.engageOn(shop.storage, taking(any -> takeHalfAMinute(marked)))) {
      Dialer.over(engage).workOff();
    }

    assertThat(shop.counts().sent()).isEqualTo(200);
    assertThat(marked.get(0)).isEqualTo(50);
    assertThat(marked.subList(50, marked.size())).allMatch(many -> many <= 2);
  }

  private void takeHalfAMinute(List<Long> marked) {
    marked.add(shop.counts().attempting());
    shop.clock.advance(Duration.ofSeconds(30));
  }

  private MailSystem taking(IntConsumer pause) {
    return OddMail.with(
        shop.mail,
        (session, envelope) -> {
          mails++;
          pause.accept(mails);
          return session.send(envelope);
        });
  }
}
