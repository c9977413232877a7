package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport.TransportSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that work on one campaign over one storage, and what servers and agents do meanwhile. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeveralNodesTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");

  @Test
  @Tag("G-42")
  @Tag("DL-12")
  void eight_nodes_send_each_recipient_one_mail() throws Exception {
    try (Mailing shop = new Mailing()) {
      shop.running(NEWS, 3_000);
      List<Callable<Optional<Instant>>> nodes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Dialer node = Dialer.builder(shop.engage).claimAtOnce(23).markAtOnce(5).build();
        nodes.add(node::workOff);
      }
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        for (Future<Optional<Instant>> node : threads.invokeAll(nodes)) {
          node.get();
        }
      } finally {
        threads.shutdownNow();
      }

      shop.dialer.workOff();

      assertThat(shop.sent()).hasSize(3_000).doesNotHaveDuplicates();
      assertThat(shop.counts().sent()).isEqualTo(3_000);
      assertThat(shop.status()).isEqualTo(Status.FINISHED);
    }
  }

  @Test
  @Tag("G-42")
  void a_node_that_stalls_past_its_lease_sends_nobody_a_second_mail_and_its_late_word_counts()
      throws Exception {
    try (Mailing shop = new Mailing()) {
      shop.running(NEWS, 100);
      CountDownLatch stalled = new CountDownLatch(1);
      CountDownLatch wake = new CountDownLatch(1);
      MailSystem stalling =
          OddMail.with(
              shop.mail,
              (session, envelope) -> {
                if (stalled.getCount() > 0) {
                  stalled.countDown();
                  await(wake);
                }
                return session.send(envelope);
              });
      try (Engage engage = shop.engageOn(shop.storage, stalling)) {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
          Future<?> late =
              threads.submit(() -> Dialer.builder(engage).markAtOnce(10).build().workOff());
          stalled.await(1, TimeUnit.MINUTES);
          shop.clock.advance(Duration.ofMinutes(11));

          shop.dialer.workOff();
          assertThat(shop.counts().inDoubt()).isEqualTo(10);
          wake.countDown();
          late.get(1, TimeUnit.MINUTES);
        } finally {
          wake.countDown();
          threads.shutdownNow();
        }
      }

      assertThat(shop.sent()).doesNotHaveDuplicates();
      assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.SENT);
      assertThat(shop.counts().sent()).isEqualTo(shop.sent().size());
    }
  }

  @Test
  @Tag("G-44")
  @Tag("DL-9")
  void a_server_that_takes_fourteen_a_second_gets_all_of_them_in_the_end() {
    try (Mailing shop = new Mailing()) {
      shop.running(NEWS, 500);
      Map<Long, Integer> taken = new HashMap<>();
      MailSystem slow =
          OddMail.with(
              shop.mail,
              (session, envelope) ->
                  taken.merge(shop.clock.instant().getEpochSecond(), 1, Integer::sum) > 14
                      ? new SendOutcome.Refused(new SmtpReply(451, "4.7.28", "Slow down"), Map.of())
                      : session.send(envelope));
      try (Engage engage = shop.engageOn(shop.storage, slow)) {
        Dialer dialer = Dialer.over(engage);
        Instant begin = shop.clock.instant();
        for (Optional<Instant> next = dialer.workOff(); next.isPresent(); next = dialer.workOff()) {
          shop.clock.set(next.get());
        }

        assertThat(shop.counts().sent()).isEqualTo(500);
        assertThat(shop.sent()).doesNotHaveDuplicates();
        assertThat(Duration.between(begin, shop.clock.instant()))
            .isLessThan(Duration.ofMinutes(30));
      }
    }
  }

  @Test
  @Tag("DL-1")
  void a_dialer_at_work_follows_start_stop_and_resume() {
    try (Mailing shop = new Mailing()) {
      shop.campaign(NEWS.withPace(Pace.UNLIMITED.withConnections(3)), Status.PREPARED);
      shop.list(Mailing.LIST, CampaignList.Status.ACTIVE, 1_000);
      try (Dialer.Running running = shop.dialer.start()) {
        shop.to(Status.RUNNING);
        Awaitility.await()
            .atMost(2, TimeUnit.MINUTES)
            .until(() -> shop.status() == Status.FINISHED);
        assertThat(shop.sent()).hasSize(1_000).doesNotHaveDuplicates();
        shop.list(ListId.of("l2"), CampaignList.Status.ACTIVE, 10);

        shop.to(Status.RUNNING);
        Awaitility.await()
            .atMost(2, TimeUnit.MINUTES)
            .until(() -> shop.status() == Status.FINISHED);

        assertThat(shop.sent()).hasSize(1_010);
      }
      shop.list(ListId.of("l3"), CampaignList.Status.ACTIVE, 10);
      shop.to(Status.RUNNING);
      assertThat(shop.sent()).hasSize(1_010);
    }
  }

  @Test
  @Tag("DL-9")
  void where_few_are_left_no_connection_claims_what_the_others_could_send() {
    CountDownLatch begun = new CountDownLatch(4);
    Set<TransportSession> busy = ConcurrentHashMap.newKeySet();
    try (Mailing shop = new Mailing()) {
      MailSystem slow =
          OddMail.with(
              shop.mail,
              (session, envelope) -> {
                if (busy.add(session)) {
                  begun.countDown();
                  await(begun);
                }
                return session.send(envelope);
              });
      shop.running(NEWS.withPace(Pace.UNLIMITED.withConnections(4)), 200);

      try (Engage engage = shop.engageOn(shop.storage, slow);
          Dialer.Running running = Dialer.over(engage).start()) {
        Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> busy.size() == 4);
        Awaitility.await()
            .atMost(2, TimeUnit.MINUTES)
            .until(() -> shop.status() == Status.FINISHED);
      }

      assertThat(shop.sent()).hasSize(200).doesNotHaveDuplicates();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
