package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.Agent;
import io.engage.spi.MailSystem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A campaign is stopped and resumed while claims are out and mails are in the air. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-41")
@Tag("DL-1")
class StopsInTheAirTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");
  private static final int STOPS = 100;
  private static final int CONNECTIONS = 3;
  private static final int GROUP = 5;

  private final Mailing shop = new Mailing();
  private final Semaphore passing = new Semaphore(0);
  private int mails;

  @AfterEach
  void close() {
    passing.release(Integer.MAX_VALUE / 2);
    shop.close();
  }

  @Test
  void who_stops_in_the_middle_of_a_mail_a_hundred_times_loses_nobody_and_has_nobody_sent_two() {
    shop.running(NEWS, 1_200);
    CampaignDesk desk = shop.dialer.deskOf(CLARA);
    MailSystem stopping =
        OddMail.with(
            shop.mail,
            (session, envelope) -> {
              mails++;
              if (mails % 7 == 0 && mails < 1_150) {
                desk.stop(Mailing.SPRING);
              }
              return session.send(envelope);
            });
    int stops = 0;

    try (Engage engage = shop.engageOn(shop.storage, stopping);
        Dialer node = Dialer.builder(engage).claimAtOnce(20).markAtOnce(GROUP).build()) {
      for (node.workOff(); shop.status() == Status.STOPPED && stops < 1_000; node.workOff()) {
        stops++;
        desk.resume(Mailing.SPRING);
      }
    }

    assertThat(stops).isGreaterThanOrEqualTo(STOPS);
    everybodyHasOneMail(1_200);
  }

  @Test
  void who_stops_it_a_hundred_times_while_several_connections_send_loses_nobody_either() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withConnections(CONNECTIONS)), 3_000);
    MailSystem slow =
        OddMail.with(
            shop.mail,
            (session, envelope) -> {
              passing.acquireUninterruptibly();
              return session.send(envelope);
            });

    try (Engage engage = shop.engageOn(shop.storage, slow);
        Dialer node = Dialer.builder(engage).claimAtOnce(20).markAtOnce(GROUP).build();
        Dialer.Running running = node.start()) {
      CampaignDesk desk = node.deskOf(CLARA);
      for (int stop = 0; stop < STOPS; stop++) {
        int before = shop.sent().size();
        passing.release(7);
        await(() -> shop.sent().size() >= before + 5);
        desk.stop(Mailing.SPRING);
        passing.release(CONNECTIONS * GROUP);
        desk.resume(Mailing.SPRING);
      }
      assertThat(shop.status()).isEqualTo(Status.RUNNING);
      passing.release(3_000);
      await(() -> shop.status() == Status.FINISHED);
    }

    everybodyHasOneMail(3_000);
  }

  private void everybodyHasOneMail(int rows) {
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
    assertThat(shop.sent()).containsExactlyInAnyOrderElementsOf(Mailing.addresses(rows));
    assertThat(shop.counts().sent()).isEqualTo(rows);
  }

  private static void await(BooleanSupplier isSo) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(isSo::getAsBoolean);
  }
}
