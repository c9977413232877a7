package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientState;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailSystem;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that put recipients off: some of a domain, or all of them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
@Tag("G-44")
class ThrottledDomainTest {
  private static final SmtpReply TOO_FAST = new SmtpReply(450, "4.7.1", "Too many, slow down");
  private static final SmtpReply LATER = new SmtpReply(451, null, "Come back later");

  private final Mailing shop = new Mailing();
  private int asked;

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_domain_that_throttles_slows_that_domain_alone() {
    shop.running(CampaignPlan.of("News for ${name}"), 0);
    mixed(200);
    Map<Long, Integer> taken = new HashMap<>();
    Predicate<EmailAddress> throttled =
        address ->
            address.domain().equals("slow.example")
                && taken.merge(shop.clock.instant().getEpochSecond(), 1, Integer::sum) > 2;

    try (Engage engage = shop.engageOn(shop.storage, refusing(throttled, TOO_FAST))) {
      Dialer dialer = Dialer.over(engage);
      Instant begun = shop.clock.instant();
      Optional<Instant> next = dialer.workOff();
      assertThat(shop.sent()).filteredOn(each -> each.endsWith("@fast.example")).hasSize(100);
      assertThat(shop.sent()).filteredOn(each -> each.endsWith("@slow.example")).hasSize(2);

      for (; next.isPresent(); next = dialer.workOff()) {
        shop.clock.set(next.get());
      }

      assertThat(shop.sent()).hasSize(200).doesNotHaveDuplicates();
      assertThat(shop.status()).isEqualTo(Status.FINISHED);
      assertThat(Duration.between(begun, shop.clock.instant())).isLessThan(Duration.ofMinutes(30));
    }
  }

  @Test
  @Tag("G-44")
  void one_complaint_of_a_large_domain_halves_its_pace_and_has_few_rows_written_again() {
    int rows = 10_000;
    shop.running(CampaignPlan.of("News for ${name}"), 0);
    mixed(rows);
    AtomicInteger writtenAgain = new AtomicInteger();
    AtomicInteger ofLarge = new AtomicInteger();
    Predicate<EmailAddress> once =
        to -> {
          shop.clock.advance(Duration.ofMillis(10));
          return to.domain().equals("slow.example") && ofLarge.incrementAndGet() == 500;
        };

    try (Engage engage =
        shop.engageOn(countingReleases(shop.storage, writtenAgain), refusing(once, TOO_FAST))) {
      Dialer dialer = Dialer.over(engage);
      Instant begun = shop.clock.instant();
      for (Optional<Instant> next = dialer.workOff(); next.isPresent(); next = dialer.workOff()) {
        if (next.get().isAfter(shop.clock.instant())) {
          shop.clock.set(next.get());
        }
      }

      assertThat(shop.sent()).hasSize(rows).doesNotHaveDuplicates();
      assertThat(Duration.between(begun, shop.clock.instant())).isLessThan(Duration.ofMinutes(15));
      assertThat(writtenAgain.get()).isLessThan(2 * rows);
    }
  }

  private static Storage countingReleases(Storage good, AtomicInteger released) {
    Recipients recipients =
        Between.callersAnd(
            Recipients.class,
            good.recipients(),
            call -> {
              if (call.name().equals("release")) {
                released.addAndGet(((Collection<?>) call.argument(0)).size());
              }
              return call.proceed();
            });
    return Between.callersAnd(
        Storage.class,
        good,
        call -> call.name().equals("recipients") ? recipients : call.proceed());
  }

  @Test
  void many_who_are_put_off_in_a_row_without_a_reason_slow_us_down() {
    shop.running(CampaignPlan.of("News for ${name}"), 400);

    try (Engage engage = shop.engageOn(shop.storage, refusing(any -> true, LATER))) {
      Dialer.over(engage).workOff();
    }

    assertThat(asked).isBetween(20, 22);
    assertThat(shop.counts().pending()).isEqualTo(400);
  }

  @Test
  void a_few_who_are_greylisted_among_others_slow_nobody() {
    shop.running(CampaignPlan.of("News for ${name}"), 400);
    Predicate<EmailAddress> greylisted = address -> address.localPart().endsWith("7");

    try (Engage engage = shop.engageOn(shop.storage, refusing(greylisted, LATER))) {
      Dialer.over(engage).workOff();
    }

    assertThat(asked).isEqualTo(400);
    assertThat(shop.counts().sent()).isEqualTo(360);
  }

  private void mixed(int rows) {
    shop.storage
        .recipients()
        .add(LongStream.rangeClosed(1, rows).mapToObj(ThrottledDomainTest::mixed).toList());
  }

  private static Recipient mixed(long row) {
    return new Recipient(
        RecipientId.of(Mailing.LIST, row),
        "c" + row + (row % 2 == 0 ? "@slow.example" : "@fast.example"),
        Recipient.USUAL_PRIORITY,
        new Recipient.Row("", List.of(), Map.of("name", "No. " + row)),
        RecipientState.PENDING);
  }

  private MailSystem refusing(Predicate<EmailAddress> refused, SmtpReply reply) {
    return OddMail.with(
        shop.mail,
        (session, envelope) -> {
          asked++;
          EmailAddress to = envelope.recipients().get(0);
          return refused.test(to)
              ? new SendOutcome.Refused(reply, Map.of(to, reply))
              : session.send(envelope);
        });
  }
}
