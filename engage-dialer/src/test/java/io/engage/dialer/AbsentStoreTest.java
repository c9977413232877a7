package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Engage;
import io.engage.memory.InMemoryMail;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailSystem;
import io.engage.spi.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a dialer knows of mails that went out, while the store or the process lets it down. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AbsentStoreTest {
  private static final CampaignPlan NEWS =
      CampaignPlan.of("News for ${name}").withDoubt(Doubt.NEVER_MISS);

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("G-40")
  @Tag("DL-12")
  void a_commit_that_fails_once_for_an_unknown_address_costs_no_outcome_and_no_suppression() {
    shop.mail.refuse(Mailing.address(2), new SmtpReply(550, "5.1.1", "Unknown"));
    shop.running(NEWS, 5);
    AtomicInteger commits = new AtomicInteger();

    workOff(method -> method.equals("commit") && commits.incrementAndGet() == 1);

    assertThat(shop.sent()).hasSize(4).doesNotHaveDuplicates();
    assertThat(shop.counts().sent()).isEqualTo(4);
    assertThat(shop.state(2).status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(shop.engage.foundation().suppressed(List.of(Mailing.address(2)), "bulk")).hasSize(1);
  }

  @Test
  @Tag("G-40")
  @Tag("DL-12")
  void a_store_that_keeps_no_suppression_at_all_still_costs_no_outcome() {
    shop.mail.refuse(Mailing.address(2), new SmtpReply(550, "5.1.1", "Unknown"));
    shop.running(NEWS, 5);

    assertThatThrownBy(() -> workOff("commit"::equals)).isInstanceOf(PortFailure.class);

    assertThat(shop.counts().sent()).isEqualTo(4);
    assertThat(shop.state(2).status()).isEqualTo(RecipientStatus.REJECTED);
  }

  @Test
  @Tag("G-40")
  @Tag("DL-12")
  void a_store_that_is_away_for_seconds_gets_all_outcomes_when_it_is_back() {
    shop.running(NEWS, 60);
    Instant back = shop.clock.instant().plusSeconds(5);

    workOff(method -> method.equals("settle") && shop.clock.instant().isBefore(back));

    assertThat(shop.sent()).hasSize(60).doesNotHaveDuplicates();
    assertThat(shop.counts().sent()).isEqualTo(60);
  }

  @Test
  @Tag("G-40")
  @Tag("DL-12")
  void a_store_that_does_not_come_back_is_not_waited_for_beyond_the_lease() {
    shop.running(NEWS, 5);
    Instant leaseEnds = shop.clock.instant().plus(Duration.ofMinutes(10));

    assertThatThrownBy(() -> workOff("settle"::equals)).isInstanceOf(PortFailure.class);

    assertThat(shop.clock.instant()).isBetween(leaseEnds.minusSeconds(200), leaseEnds);
  }

  @Test
  @Tag("G-40")
  @Tag("DL-12")
  void an_error_in_the_middle_of_a_group_costs_no_outcome_that_was_known() {
    shop.running(NEWS, 5);
    try (Engage engage = shop.engageOn(shop.storage, dyingAtTheFourth(shop.mail))) {

      assertThatThrownBy(() -> Dialer.over(engage).workOff())
          .isInstanceOf(StackOverflowError.class);
    }

    assertThat(shop.with(RecipientStatus.SENT)).hasSize(3);
    assertThat(shop.with(RecipientStatus.ATTEMPTING)).isEmpty();
    assertThat(shop.sent()).hasSize(3);
  }

  /** A node whose storage fails so, and which waits by moving the clock. */
  private void workOff(Predicate<String> fails) {
    try (Engage engage = shop.engageOn(new FailingStorage(fails).over(shop.storage), shop.mail)) {
      Dialer.builder(engage).waiting(shop.clock::advance).build().workOff();
    }
  }

  private static MailSystem dyingAtTheFourth(InMemoryMail good) {
    AtomicInteger mails = new AtomicInteger();
    return OddMail.with(
        good,
        (session, envelope) -> {
          if (mails.incrementAndGet() == 4) {
            throw new StackOverflowError();
          }
          return session.send(envelope);
        });
  }
}
