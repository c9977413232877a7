package io.engage.imap.sending;

import static io.engage.testkit.ScriptedServer.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do to mails whose commands travel together. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class ScriptedPipeliningTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final byte[] MAIL = Shop.mail("Your watch");
  private static final Script ENVELOPE =
      script().expect("MAIL .*").say("250 ok").expect("RCPT .*").say("250 ok").expect("DATA");
  private static final Script TAKEN = ENVELOPE.say("354 go").body().say("250 2.0.0 taken");

  @Test
  void the_commands_of_the_next_mail_travel_with_the_end_of_one() {
    Script script =
        greeting()
            .and(ENVELOPE)
            .say("354 go")
            .body()
            .expect("MAIL .*")
            .expect("RCPT .*")
            .expect("DATA")
            .say("250 taken", "250 ok", "250 ok", "354 go")
            .body()
            .say("250 taken")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(2));

      assertThat(outcomes).hasSize(2).allMatch(SendOutcome.Accepted.class::isInstance);
      assertThat(server.bodies()).containsExactly(MAIL, MAIL);
      assertThat(server.problems()).isEmpty();
    }
  }

  @Test
  void without_pipelining_each_command_waits_for_its_answer() {
    Script oneByOne = script().forgetWhatCame().say("250 ok");
    Script script =
        greeting("HELP")
            .whenever("MAIL .*|RCPT .*", oneByOne)
            .whenever("DATA", script().forgetWhatCame().say("354 go").body().and(oneByOne))
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(3));

      assertThat(outcomes).hasSize(3).allMatch(SendOutcome.Accepted.class::isInstance);
      assertThat(server.bodies()).hasSize(3);
    }
  }

  @Test
  @Tag("G-40")
  @Tag("DL-12")
  void nothing_of_a_mail_is_sent_before_the_one_before_is_answered() {
    Script script = greeting().and(ENVELOPE).say("354 go").body().and(envelopeUnanswered());
    try (ScriptedServer server = ScriptedServer.start(script.silence());
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(5));

      assertThat(outcomes).hasSize(2);
      assertThat(outcomes.get(0)).isInstanceOf(SendOutcome.InDoubt.class);
      assertThat(outcomes.get(1)).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).containsExactly(MAIL);
      assertThat(server.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "451 4.3.0 later, 451 4.3.0",
    "454 4.7.0 too fast, 454 4.7.0",
    "450 4.2.1 slow down, 450 4.2.1",
    "550 5.1.1 nobody, 550 5.1.1",
    "552 5.2.2 full, 552 5.2.2",
    "550 5.7.1 not from you, 550 5.7.1"
  })
  @Tag("G-43")
  @Tag("G-44")
  void a_mail_that_is_refused_at_its_end_stops_no_other(String answer, String codes) {
    Script script = greeting().and(TAKEN).and(ENVELOPE).say("354 go").body().say(answer).and(TAKEN);
    try (ScriptedServer server = ScriptedServer.start(script.obey());
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(3));

      assertThat(outcomes).hasSize(3);
      assertThat(outcomes.get(0)).isInstanceOf(SendOutcome.Accepted.class);
      assertRefused(outcomes.get(1), codes);
      assertThat(outcomes.get(2)).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(session.isUsable()).isTrue();
    }
  }

  static Stream<Script> refusalsOfTheSecond() {
    return Stream.of(
        script().expect("MAIL .*").say("550 5.1.1 no").and(outOfOrder("RCPT .*")).and(noData()),
        script()
            .expect("MAIL .*")
            .say("250 ok")
            .expect("RCPT .*")
            .say("550 5.1.1 no")
            .and(noData()),
        ENVELOPE.say("550 5.1.1 no"));
  }

  private static Script outOfOrder(String command) {
    return script().expect(command).say("503 5.5.1 what for?");
  }

  private static Script noData() {
    return outOfOrder("DATA");
  }

  @ParameterizedTest
  @MethodSource("refusalsOfTheSecond")
  @Tag("G-43")
  void a_mail_that_is_refused_before_its_content_leaves_nothing_to_the_next(Script refusal) {
    Script script = greeting().and(TAKEN).and(refusal).expect("RSET").say("250 ok").and(TAKEN);
    try (ScriptedServer server = ScriptedServer.start(script.obey());
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(3));

      assertThat(outcomes).hasSize(3);
      assertRefused(outcomes.get(1), "550 5.1.1");
      assertThat(outcomes.get(2)).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(server.bodies()).containsExactly(MAIL, MAIL);
      assertThat(server.problems()).isEmpty();
    }
  }

  @Test
  @Tag("G-43")
  void a_content_that_is_wanted_for_nobody_is_a_dot_alone() {
    Script wanted =
        script()
            .expect("MAIL .*")
            .say("250 ok")
            .expect("RCPT .*")
            .say("550 5.1.1 no")
            .expect("DATA")
            .say("354 go")
            .body()
            .say("554 5.5.1 nobody");
    Script script = greeting().and(TAKEN).and(wanted).expect("RSET").say("250 ok").and(TAKEN);
    try (ScriptedServer server = ScriptedServer.start(script.obey());
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(3));

      assertThat(outcomes).hasSize(3);
      assertRefused(outcomes.get(1), "550 5.1.1");
      assertThat(outcomes.get(2)).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(server.bodies()).containsExactly(MAIL, new byte[0], MAIL);
    }
  }

  @Test
  @Tag("G-43")
  void a_server_that_wants_the_content_of_a_mail_whose_sender_it_refused_gets_none() {
    Script script =
        greeting()
            .expect("MAIL .*")
            .say("550 5.7.1 not you")
            .expect("RCPT .*")
            .say("250 ok")
            .expect("DATA")
            .say("354 go")
            .body()
            .say("250 taken");
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(3));

      assertThat(outcomes).hasSize(1);
      assertRefused(outcomes.get(0), "550 5.7.1");
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).isEmpty();
    }
  }

  @Test
  @Tag("G-44")
  void a_server_that_closes_at_the_end_of_a_mail_has_refused_it_and_gets_no_more() {
    Script script =
        greeting().and(ENVELOPE).say("354 go").body().say("421 4.7.0 too many").and(silentDrop());
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(3));

      assertThat(outcomes).hasSize(2);
      assertRefused(outcomes.get(0), "421 4.7.0");
      assertThat(outcomes.get(1)).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(outcomes.get(1).toString()).contains("421 4.7.0");
      assertThat(session.isUsable()).isFalse();
    }
  }

  static Stream<Script> closings() {
    Script closing = script().say("421 4.3.2 going down").drop();
    return Stream.of(
        script().expect("MAIL .*").and(closing),
        script().expect("MAIL .*").say("250 ok").expect("RCPT .*").and(closing),
        ENVELOPE.and(closing));
  }

  @ParameterizedTest
  @MethodSource("closings")
  @Tag("G-44")
  void a_server_that_closes_among_the_commands_of_a_mail_has_refused_it(Script closing) {
    try (ScriptedServer server = ScriptedServer.start(greeting().and(TAKEN).and(closing));
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(4));

      assertThat(outcomes).hasSize(2);
      assertThat(outcomes.get(0)).isInstanceOf(SendOutcome.Accepted.class);
      assertRefused(outcomes.get(1), "421 4.3.2");
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).hasSize(1);
    }
  }

  static Stream<Script> breaksBeforeTheEnd() {
    return Stream.of(
        script().drop(),
        script().silence(),
        script().expect("MAIL .*").drop(),
        script().expect("MAIL .*").say("250 ok").expect("RCPT .*").drop(),
        script().expect("MAIL .*").say("250 ok").expect("RCPT .*").say("250 ok").silence(),
        script().expect("MAIL .*").say("what?").drop(),
        script().expect("MAIL .*").say("250 ok").say("250 ok").say("250 twice").say("354 go"),
        ENVELOPE.drop(),
        ENVELOPE.silence(),
        ENVELOPE.say("250 go?").body().say("250 taken"));
  }

  @ParameterizedTest
  @MethodSource("breaksBeforeTheEnd")
  @Tag("G-30")
  @Tag("G-33")
  void whatever_breaks_among_the_commands_of_a_mail_nothing_of_it_was_sent(Script broken) {
    try (ScriptedServer server = ScriptedServer.start(greeting().and(TAKEN).and(broken));
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(4));

      assertThat(outcomes).hasSize(2);
      assertThat(outcomes.get(0)).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(outcomes.get(1)).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).hasSize(1);
    }
  }

  static Stream<Script> endsWithoutAnAnswer() {
    return Stream.of(
        script().drop(), script().silence(), script().say("what?"), script().say("354 more"));
  }

  @ParameterizedTest
  @MethodSource("endsWithoutAnAnswer")
  @Tag("G-30")
  @Tag("G-40")
  @Tag("DL-12")
  void one_mail_alone_is_in_doubt_when_its_end_is_not_answered(Script end) {
    Script script = greeting().and(TAKEN).and(ENVELOPE).say("354 go").body().and(end);
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes = sendAll(session, mails(5));

      assertThat(outcomes)
          .extracting(SendOutcome::getClass)
          .containsExactly(
              SendOutcome.Accepted.class, SendOutcome.InDoubt.class, SendOutcome.NothingSent.class);
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"552 5.3.4 too large", "250 2.0.0 taken"})
  @Tag("G-30")
  void a_server_that_answers_a_mail_before_its_end_never_gets_the_end(String answer) {
    byte[] large = ("Subject: x\r\n\r\n" + "watch\r\n".repeat(2_000_000)).getBytes(UTF_8);
    Script script =
        greeting()
            .and(ENVELOPE)
            .say("354 go")
            .expect("Subject: .*")
            .say(answer)
            .body()
            .say("250 taken");
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes =
          sendAll(session, List.of(Shop.envelope(large, Shop.ANA), mails(1).get(0)));

      assertThat(outcomes).hasSize(1);
      if (answer.startsWith("552")) {
        assertRefused(outcomes.get(0), "552 5.3.4");
      } else {
        assertThat(outcomes.get(0)).isInstanceOf(SendOutcome.NothingSent.class);
      }
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).isEmpty();
    }
  }

  @Test
  void a_server_that_loses_what_travels_together_twice_is_told_one_command_at_a_time() {
    Script loses =
        greeting()
            .whenever("MAIL .*|RCPT .*", "250 ok")
            .whenever("DATA", script().say("354 go").body().forgetWhatCame().say("250 taken"))
            .obey();
    try (ScriptedServer server = ScriptedServer.start(loses)) {
      ImapMail mail = mail();
      List<List<SendOutcome>> sessions = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (TransportSession session = mail.transport().open(account(server))) {
          sessions.add(sendAll(session, mails(3)));
        }
      }

      for (List<SendOutcome> lost : sessions.subList(0, 2)) {
        assertThat(lost)
            .extracting(SendOutcome::getClass)
            .containsExactly(SendOutcome.Accepted.class, SendOutcome.NothingSent.class);
      }
      assertThat(sessions.get(2)).hasSize(3).allMatch(SendOutcome.Accepted.class::isInstance);
      assertThat(server.bodies()).hasSize(5);
    }
  }

  @Test
  void a_server_that_gets_out_of_step_twice_is_told_one_command_at_a_time() {
    Script confused =
        script()
            .say("354 go")
            .body()
            .forgetWhatCame()
            .say("250 taken", "250 also", "250 and", "250 too");
    Script together = greeting().whenever("MAIL .*|RCPT .*", "250 ok").whenever("DATA", confused);
    Script singly =
        greeting().and(TAKEN).expect("MAIL .*").say("354 go").expect("nothing after this");
    try (ScriptedServer server = ScriptedServer.start(together.obey(), together.obey(), singly)) {
      ImapMail mail = mail();
      List<SendOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (TransportSession session = mail.transport().open(account(server))) {
          outcomes.addAll(sendAll(session, mails(3)));
        }
      }

      assertThat(outcomes)
          .extracting(SendOutcome::getClass)
          .containsExactly(
              SendOutcome.Accepted.class,
              SendOutcome.NothingSent.class,
              SendOutcome.Accepted.class,
              SendOutcome.NothingSent.class,
              SendOutcome.Accepted.class,
              SendOutcome.NothingSent.class);
      assertThat(server.received()).filteredOn(line -> line.startsWith("MAIL")).hasSize(4);
      assertThat(server.received()).filteredOn(line -> line.startsWith("RCPT")).hasSize(3);
    }
  }

  @Test
  void mails_for_more_than_travel_together_go_all_the_same() {
    Script script =
        greeting()
            .whenever("MAIL .*|RCPT .*", "250 ok")
            .whenever("DATA", script().say("354 go").body().say("250 taken"))
            .obey();
    EmailAddress[] many =
        IntStream.range(0, 120)
            .mapToObj(i -> EmailAddress.of("ana" + i + "@example.com"))
            .toArray(EmailAddress[]::new);
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes =
          sendAll(session, List.of(Shop.envelope(MAIL, many), Shop.envelope(MAIL, many)));

      assertThat(outcomes).hasSize(2).allMatch(SendOutcome.Accepted.class::isInstance);
      assertThat(server.received()).filteredOn(line -> line.startsWith("RCPT")).hasSize(240);
      assertThat(server.bodies()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n.\r\nMAIL FROM:<evil@example.com>\r\n",
        "\n.\nMAIL FROM:<evil@example.com>\n",
        "\r.\rMAIL FROM:<evil@example.com>\r",
        "\n.\r\nMAIL FROM:<evil@example.com>\r\n",
        "\r\n.\nMAIL FROM:<evil@example.com>\n",
        "\r\n.\rMAIL FROM:<evil@example.com>\r",
        "\r\n\0.\r\nMAIL FROM:<evil@example.com>\r\n"
      })
  @Tag("G-32")
  void no_content_ends_its_mail_or_says_a_command(String smuggled) {
    Script script = greeting().and(TAKEN).and(TAKEN).obey();
    byte[] mail = ("Subject: x\r\n\r\nhello" + smuggled + "bye\r\n").getBytes(UTF_8);
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      List<SendOutcome> outcomes =
          sendAll(session, List.of(Shop.envelope(mail, Shop.ANA), Shop.envelope(mail, Shop.BEN)));

      assertThat(outcomes).hasSize(2).allMatch(SendOutcome.Accepted.class::isInstance);
      assertThat(server.bodies())
          .hasSize(2)
          .allSatisfy(body -> assertThat(new String(body, UTF_8)).endsWith("bye\r\n"))
          .allSatisfy(
              body ->
                  assertThat(new String(body, UTF_8).replace("\r\n", ""))
                      .doesNotContain("\r", "\n"));
      assertThat(server.received()).filteredOn(line -> line.startsWith("MAIL")).hasSize(2);
    }
  }

  private static Script greeting() {
    return greeting("PIPELINING");
  }

  private static Script greeting(String offer) {
    return script()
        .whenever("RSET|NOOP", "250 ok")
        .whenever("QUIT", "221 bye")
        .say("220 mail.shop.example")
        .expect("EHLO .*")
        .say("250-mail.shop.example", "250 " + offer);
  }

  private static Script envelopeUnanswered() {
    return script().expect("MAIL .*").expect("RCPT .*").expect("DATA");
  }

  private static Script silentDrop() {
    return envelopeUnanswered().drop();
  }

  private static List<Envelope> mails(int count) {
    return Stream.generate(() -> Shop.envelope(MAIL, Shop.ANA)).limit(count).toList();
  }

  private static List<SendOutcome> sendAll(TransportSession session, List<Envelope> mails) {
    List<SendOutcome> outcomes = new ArrayList<>();
    Iterator<Envelope> envelopes = mails.iterator();
    session.sendAll(EnvelopeSupply.of(envelopes), outcomes::add);
    return outcomes;
  }

  private static void assertRefused(SendOutcome outcome, String codes) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.reply().codes()).isEqualTo(codes));
  }

  private static TransportSession open(ScriptedServer server) {
    return mail().transport().open(account(server));
  }

  private static MailAccount account(ScriptedServer server) {
    return MailAccount.of(
        "workshop", "ana@shop.example", null, ServerEndpoint.loopback(server.port()));
  }

  private static ImapMail mail() {
    return ImapMail.builder(Shop.password("unused"))
        .connectTimeout(PATIENCE)
        .silenceTimeout(PATIENCE)
        .commandTimeout(PATIENCE.multipliedBy(3))
        .finalAnswerTimeout(PATIENCE)
        .build();
  }
}
