package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientState;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Those who cannot be sent to now hold up nobody, and nobody runs in circles for them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class FairPacingTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");

  private final Mailing shop = new Mailing();
  private final AtomicInteger claims = new AtomicInteger();
  private final Engage engage = shop.engageOn(counting(shop.storage), shop.mail);

  @AfterEach
  void close() {
    engage.close();
    shop.close();
  }

  @Test
  void a_thousand_addresses_of_one_domain_do_not_hold_up_ten_of_another() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerSecond(10).withPerDomainPerMinute(60)), 1_000);
    others(10);
    Dialer dialer = Dialer.over(engage);
    Instant end = shop.clock.instant().plus(Duration.ofMinutes(1));

    workUntil(dialer, end);

    assertThat(shop.sent()).filteredOn(each -> each.endsWith("@other.example")).hasSize(10);
    assertThat(shop.sent()).hasSizeBetween(10 + 50, 10 + 60);
    assertThat(claims).hasValueLessThan(200);
  }

  @Test
  void whoever_waits_for_the_share_of_a_domain_gets_it_in_the_end() {
    shop.running(NEWS.withPace(Pace.UNLIMITED.withPerDomainPerMinute(60)), 300);
    Dialer dialer = Dialer.over(engage);
    Instant end = shop.clock.instant().plus(Duration.ofMinutes(6));

    workUntil(dialer, end);

    assertThat(shop.status()).isEqualTo(Status.FINISHED);
    assertThat(shop.sent()).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void nobody_is_claimed_while_all_connections_of_the_account_are_taken() {
    shop.running(NEWS, 100);
    List<Optional<Instant>> pauses = new ArrayList<>();
    List<Integer> claimed = new ArrayList<>();
    List<Dialer> own = new ArrayList<>();
    Dialer dialer =
        Dialer.builder(engage)
            .connectionsPerAccount(1)
            .claimAtOnce(10)
            .onProgress(
                any -> {
                  if (pauses.isEmpty()) {
                    int before = claims.get();
                    pauses.add(own.get(0).workOff());
                    claimed.add(claims.get() - before);
                  }
                })
            .build();
    own.add(dialer);

    dialer.workOff();

    assertThat(claimed).containsExactly(0);
    assertThat(pauses).containsExactly(Optional.of(shop.clock.instant().plusSeconds(1)));
    assertThat(shop.sent()).hasSize(100);
  }

  private void workUntil(Dialer dialer, Instant end) {
    Optional<Instant> next = dialer.workOff();
    while (next.isPresent() && next.get().isBefore(end)) {
      shop.clock.set(next.get());
      next = dialer.workOff();
    }
  }

  private void others(int count) {
    shop.storage
        .recipients()
        .add(LongStream.rangeClosed(1, count).mapToObj(FairPacingTest::other).toList());
  }

  private static Recipient other(long number) {
    return new Recipient(
        RecipientId.of(Mailing.LIST, 1_000 + number),
        "o" + number + "@other.example",
        Recipient.USUAL_PRIORITY,
        new Recipient.Row("", List.of(), Map.of("name", "No. " + number)),
        RecipientState.PENDING);
  }

  /** The same storage, which counts how often recipients are claimed. */
  private Storage counting(Storage good) {
    Recipients recipients =
        (Recipients)
            Proxy.newProxyInstance(
                Recipients.class.getClassLoader(),
                new Class<?>[] {Recipients.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("claim")) {
                    claims.incrementAndGet();
                  }
                  return method.invoke(good.recipients(), arguments);
                });
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) ->
                method.getName().equals("recipients")
                    ? recipients
                    : method.invoke(good, arguments));
  }
}
