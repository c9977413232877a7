package io.engage.dialer;

import static io.engage.testkit.ScriptedServer.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryCredentials;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.inbox.Credential;
import io.engage.model.outbox.SmtpReply;
import io.engage.testkit.ScriptedServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is refused before a recipient was named has learnt nothing about any recipient. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class SenderRefusalTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final List<EmailAddress> EVERYBODY =
      LongStream.rangeClosed(1, 20).mapToObj(Mailing::address).toList();

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"550 5.1.0 Sender address rejected", "553 Sorry", "550 5.1.1 Sender unknown"})
  void a_sender_whom_the_server_does_not_take_holds_the_campaign_and_harms_no_recipient(
      String answer) {
    shop.running(NEWS, 20);

    try (ScriptedServer server = refusingSenders(answer);
        Engage engage = shop.engageOn(shop.storage, overSmtp(), server.port())) {
      Dialer.builder(engage).namedReturnAddresses().build().workOff();
    }

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("refuses the sender");
    assertThat(shop.counts().pending()).isEqualTo(20);
    assertThat(shop.engage.foundation().suppressed(EVERYBODY, Suppressing.SCOPE)).isEmpty();
  }

  private static ScriptedServer refusingSenders(String answer) {
    return ScriptedServer.start(
        script()
            .say("220 mail.shop.example ESMTP")
            .whenever("EHLO .*", "250-mail.shop.example", "250-AUTH PLAIN LOGIN", "250 PIPELINING")
            .whenever("AUTH .*", "235 2.7.0 In")
            .whenever("MAIL FROM:.*", answer)
            .whenever("RCPT TO:.*|DATA", "503 5.5.1 No sender yet")
            .whenever("RSET", "250 2.0.0 Forgotten")
            .whenever("QUIT", script().say("221 bye").drop())
            .obey());
  }

  private static ImapMail overSmtp() {
    return ImapMail.create(
        InMemoryCredentials.create().with(Mailing.ACCOUNT, Credential.password("watch")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 15, 30})
  @Tag("G-43")
  void one_recipient_whose_server_minds_us_holds_nobody_and_is_rejected_in_the_end(long odd) {
    shop.mail.refuse(Mailing.address(odd), new SmtpReply(550, "5.7.1", "Not you"));
    shop.running(NEWS, 30);

    for (Optional<Instant> next = shop.dialer.workOff();
        next.isPresent();
        next = shop.dialer.workOff()) {
      shop.clock.set(next.get());
    }

    assertThat(shop.status()).isEqualTo(Status.FINISHED);
    assertThat(shop.counts().sent()).isEqualTo(29);
    assertThat(shop.state(odd).outcome().why()).isEqualTo(Why.REFUSED_US);
  }

  @Test
  void recipients_who_all_mind_us_hold_the_campaign() {
    EVERYBODY.forEach(each -> shop.mail.refuse(each, new SmtpReply(550, "5.7.1", "Not you")));
    shop.running(NEWS, 20);

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("refuses the sender");
    assertThat(shop.counts().pending()).isEqualTo(20);
  }

  @Test
  void a_list_of_dead_addresses_is_noticed_between_two_groups_of_one_claim() {
    LongStream.rangeClosed(1, 30)
        .forEach(
            row -> shop.mail.refuse(Mailing.address(row), new SmtpReply(550, "5.1.1", "Unknown")));
    shop.running(NEWS, 400);

    shop.dialer.workOff();

    assertThat(shop.status()).isEqualTo(Status.STOPPED);
    assertThat(shop.campaign().state().reason()).contains("addresses are rejected");
    assertThat(shop.counts().pending()).isEqualTo(350);
  }
}
