package io.engage.imap.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.imap.TurnCounter;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.testkit.peers.SmtpSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the sink that Postfix is tested with. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-30")
class SmtpSinkTest {

  @Test
  void many_mails_go_over_one_connection() throws IOException {
    try (SmtpSink sink = SmtpSink.start();
        TransportSession session = open(sink)) {
      for (int i = 0; i < 200; i++) {
        SendOutcome outcome =
            session.send(Shop.envelope(Shop.mail("watch " + i), Shop.ANA, Shop.BEN));
        assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
      }

      assertThat(String.join("", sink.mails()))
          .contains("Subject: watch 0\n", "Subject: watch 199\n")
          .contains("ana@example.com", "ben@example.com");
    }
  }

  @Test
  void a_sink_that_drops_the_connection_after_the_mail_leaves_it_in_doubt() {
    try (SmtpSink sink = SmtpSink.start("-q", ".");
        TransportSession session = open(sink)) {
      SendOutcome outcome = session.send(Shop.envelope(Shop.mail("watch"), Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.InDoubt.class);
      assertThat(session.isUsable()).isFalse();
    }
  }

  @Test
  void a_sink_that_drops_the_connection_at_data_has_got_nothing() {
    try (SmtpSink sink = SmtpSink.start("-q", "data");
        TransportSession session = open(sink)) {
      SendOutcome outcome = session.send(Shop.envelope(Shop.mail("watch"), Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
    }
  }

  @Test
  void a_sink_that_refuses_mails_for_now_is_heard() {
    try (SmtpSink sink = SmtpSink.start("-r", ".");
        TransportSession session = open(sink)) {
      SendOutcome outcome = session.send(Shop.envelope(Shop.mail("watch"), Shop.ANA));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> assertThat(refused.reply().isTransient()).isTrue());
      assertThat(session.isUsable()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"-4, 1", "-p, 4"})
  @Tag("DL-9")
  void many_mails_take_one_round_trip_each_where_commands_travel_together(String option, int most)
      throws IOException {
    int count = 300;
    List<SendOutcome> outcomes = new ArrayList<>();
    try (SmtpSink sink = SmtpSink.start(option);
        TurnCounter counter = TurnCounter.before(sink.port());
        TransportSession session = open(counter.port())) {
      int before = counter.turns();
      session.sendAll(
          EnvelopeSupply.of(
              IntStream.range(0, count)
                  .mapToObj(i -> Shop.envelope(Shop.mail("watch " + i), Shop.ANA))
                  .iterator()),
          outcomes::add);

      assertThat(outcomes).hasSize(count).allMatch(SendOutcome.Accepted.class::isInstance);
      assertThat(counter.turns() - before).isBetween(count * (most - 1), count * most + count / 5);
      assertThat(String.join("", sink.mails()))
          .contains("Subject: watch 0\n", "Subject: watch 299\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "rcpt", "data", "."})
  @Tag("DL-9")
  @Tag("G-44")
  void what_a_sink_refuses_stops_no_other_mail(String stage) {
    List<SendOutcome> outcomes = new ArrayList<>();
    try (SmtpSink sink = SmtpSink.start("-r", stage);
        TransportSession session = open(sink)) {
      session.sendAll(
          EnvelopeSupply.of(
              Stream.generate(() -> Shop.envelope(Shop.mail("watch"), Shop.ANA))
                  .limit(50)
                  .iterator()),
          outcomes::add);

      assertThat(session.isUsable()).isTrue();
    }
    assertThat(outcomes)
        .hasSize(50)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        SendOutcome.Refused.class,
                        refused -> assertThat(refused.reply().isTransient()).isTrue()));
  }

  private static TransportSession open(SmtpSink sink) {
    return open(sink.port());
  }

  private static TransportSession open(int port) {
    MailAccount account =
        MailAccount.of("workshop", "ana@shop.example", null, ServerEndpoint.loopback(port));
    return ImapMail.create(Shop.password("watch")).transport().open(account);
  }
}
