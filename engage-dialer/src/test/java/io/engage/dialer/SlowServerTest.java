package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.spi.MailSystem;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  /** The shortest that there is. */
  private static final Duration LEASE = Duration.ofSeconds(1);

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

  /** The clock of the shop stands still but for the server, so a slow machine changes nothing. */
  @Test
  @Tag("G-42")
  @Tag("DL-12")
  void leases_are_prolonged_by_themselves_while_a_server_holds_a_mail() {
    shop.running(NEWS, 1);
    BlockingQueue<Instant> prolonged = new LinkedBlockingQueue<>();

    try (Engage engage =
            shop.engageOn(telling(prolonged), taking(first -> waitsForThreeLeases(prolonged)));
        Dialer slow = Dialer.builder(engage).lease(LEASE).build()) {
      slow.workOff();
    }
    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(1);
    assertThat(shop.counts().sent()).isEqualTo(1);
  }

  /** Whenever a lease is about to end, it is prolonged before another node looks. */
  private void waitsForThreeLeases(BlockingQueue<Instant> prolonged) {
    for (int times = 0; mails == 1 && times < 4; times++) {
      shop.clock.advance(LEASE.multipliedBy(3).dividedBy(4));
      Instant wanted = shop.clock.instant().plus(LEASE);
      await().atMost(2, TimeUnit.MINUTES).until(() -> wanted.equals(prolonged.poll()));
      shop.dialer.workOff();
    }
  }

  /** The same storage, which tells until when leases were prolonged. */
  private Storage telling(BlockingQueue<Instant> prolonged) {
    Recipients good = shop.storage.recipients();
    Recipients recipients =
        proxy(
            Recipients.class,
            (proxy, method, arguments) -> {
              Object answer = method.invoke(good, arguments);
              if (method.getName().equals("prolong")) {
                prolonged.add((Instant) arguments[1]);
              }
              return answer;
            });
    return proxy(
        Storage.class,
        (proxy, method, arguments) ->
            method.getName().equals("recipients")
                ? recipients
                : method.invoke(shop.storage, arguments));
  }

  private static <T> T proxy(Class<T> port, InvocationHandler handler) {
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
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
