package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
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
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
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

  @Test
  @Tag("DL-5")
  @Tag("DL-9")
  void a_template_that_is_changed_meanwhile_is_the_text_of_all_mails_of_the_next_turn()
      throws IOException {
    shop.keep(news("Dear ${name},\nbuy a bike.\n", 0));
    shop.running(NEWS.withTemplate(TemplateId.of("news")), 4);
    MailSystem mail =
        OddMail.with(
            shop.mail,
            (session, envelope) -> {
              if (shop.sent().isEmpty()) {
                shop.keep(news("Hello ${name},\nbuy two bikes.\n", 1));
              }
              return session.send(envelope);
            });

    try (Engage engage = shop.engageOn(shop.storage, mail)) {
      Dialer.builder(engage).claimAtOnce(2).build().workOff();
    }

    assertThat(texts())
        .containsExactly(
            "Dear No. 1,\nbuy a bike.\n",
            "Dear No. 2,\nbuy a bike.\n",
            "Hello No. 3,\nbuy two bikes.\n",
            "Hello No. 4,\nbuy two bikes.\n");
  }

  private static Template news(String text, long version) {
    return new Template(
        TemplateId.of("news"), "News", null, Template.Purpose.DIALER, "", text, null, version);
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Envelope sent : shop.mail.sent()) {
      texts.add(MimeFormat.create().parse(sent.content()).text());
    }
    return texts;
  }

  private void workOff(MailSystem mail) {
    try (Engage engage = shop.engageOn(shop.storage, mail)) {
      Dialer.over(engage).workOff();
    }
  }

  /** The clock strikes while the server answers to the last of so many mails. */
  private MailSystem closingAfter(int mails) {
    return OddMail.with(
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
