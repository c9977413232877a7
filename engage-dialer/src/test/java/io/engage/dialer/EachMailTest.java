package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Missed;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.WeeklySchedule;
import io.engage.model.inbox.WeeklySchedule.Window;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import java.lang.reflect.Proxy;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is looked at until the very mail goes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EachMailTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final Instant CLOSE = Instant.parse("2026-03-02T10:00:00Z");
  private static final WeeklySchedule MONDAYS =
      new WeeklySchedule(
          ZoneId.of("UTC"), List.of(Window.of(DayOfWeek.MONDAY, "09:00", "10:00")), Map.of());

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @Tag("G-51")
  @Tag("DL-9")
  void no_mail_of_a_group_goes_after_the_window_has_closed() {
    shop.clock.set(CLOSE.minusSeconds(30));
    shop.running(NEWS.withWindows(MONDAYS, Missed.NEXT_WINDOW), 10);

    workOff(closingAfter(3));

    assertThat(shop.sent()).hasSize(3);
    assertThat(shop.state(4).status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(shop.counts().pending()).isEqualTo(7);
  }

  @Test
  @Tag("G-51")
  @Tag("DL-1")
  void no_mail_of_a_group_goes_after_the_end_of_the_campaign() {
    shop.clock.set(CLOSE.minusSeconds(30));
    shop.running(NEWS.withUntil(CLOSE), 10);

    workOff(closingAfter(3));

    assertThat(shop.sent()).hasSize(3);
    assertThat(shop.state(4).outcome().why()).isEqualTo(Why.EXPIRED);
  }

  @Test
  @Tag("G-47")
  @Tag("DL-9")
  void whoever_was_left_in_a_group_when_the_window_closed_has_missed_it() {
    shop.clock.set(CLOSE.minusSeconds(30));
    shop.running(NEWS.withWindows(MONDAYS, Missed.EXPIRE), 120);

    workOff(closingAfter(3));

    assertThat(shop.sent()).hasSize(3);
    assertThat(shop.state(4).outcome().why()).isEqualTo(Why.EXPIRED);
    assertThat(shop.state(120).outcome().why()).isEqualTo(Why.EXPIRED);
  }

  @Test
  @Tag("G-49")
  @Tag("DL-8")
  void whoever_unsubscribes_while_the_server_takes_its_time_to_answer_gets_nothing() {
    shop.running(NEWS, 10);

    workOff(openingAfter(() -> unsubscribe(Mailing.address(5))));

    assertThat(shop.sent()).hasSize(9).doesNotContain(Mailing.address(5).value());
    assertThat(shop.state(5).outcome().why()).isEqualTo(Why.SUPPRESSED);
  }

  private void workOff(MailSystem mail) {
    try (Engage engage = shop.engageOn(shop.storage, mail)) {
      Dialer.over(engage).workOff();
    }
  }

  /** The clock strikes while the server answers to the last of so many mails. */
  private MailSystem closingAfter(int mails) {
    return SeveralNodesTest.with(
        shop.mail,
        (session, envelope) -> {
          if (shop.sent().size() == mails - 1) {
            shop.clock.set(CLOSE);
          }
          return session.send(envelope);
        });
  }

  private MailSystem openingAfter(Runnable meanwhile) {
    MailTransport transport =
        account -> {
          meanwhile.run();
          return shop.mail.transport().open(account);
        };
    return (MailSystem)
        Proxy.newProxyInstance(
            MailSystem.class.getClassLoader(),
            new Class<?>[] {MailSystem.class},
            (proxy, method, arguments) ->
                method.getName().equals("transport")
                    ? transport
                    : method.invoke(shop.mail, arguments));
  }

  private void unsubscribe(EmailAddress address) {
    shop.engage
        .foundation()
        .commit(
            InboxChange.builder()
                .document(
                    shop.engage
                        .foundation()
                        .suppression(address, "bulk", "asked", shop.clock.instant())),
            Actor.CUSTOMER,
            AuditSubject.of(Mailing.SHOP.id()),
            new AuditFact.Suppressed(Mailing.SPRING, "asked"));
  }
}
