package io.engage.imap.sending;

import static io.engage.testkit.ScriptedServer.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.Credentials;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SMTP servers do once in a year. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedSmtpTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final String SECRET = "canary-7c1";
  private static final byte[] MAIL = Shop.mail("Your watch");

  static Stream<Script> silencesBeforeLogin() {
    return Stream.of(
        script().silence(),
        script().say("220 hello").silence(),
        script().say("220 hello").expect("EHLO .*").say("250-half").silence(),
        greeting("AUTH PLAIN").expect("AUTH PLAIN .*").silence());
  }

  @ParameterizedTest
  @MethodSource("silencesBeforeLogin")
  @Tag("G-33")
  void silence_before_the_login_is_a_timeout(Script script) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      assertReason(() -> open(server), Reason.TIMEOUT);
    }
  }

  static Stream<Script> silencesBeforeTheEnd() {
    return Stream.of(
        greeting("SIZE").expect("MAIL .*").silence(),
        greeting("SIZE").expect("MAIL .*").say("250 ok").expect("RCPT .*").silence(),
        accepting().whenever("DATA", script().silence()).obey(),
        accepting().whenever("DATA", script().drop()).obey(),
        greeting("SIZE").drop());
  }

  @ParameterizedTest
  @MethodSource("silencesBeforeTheEnd")
  @Tag("G-33")
  @Tag("G-30")
  void whatever_happens_before_the_end_of_the_mail_nothing_was_sent(Script script) {
    Instant before = Instant.now();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(session.isUsable()).isFalse();
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  @Tag("G-30")
  void a_server_that_goes_in_the_middle_of_a_large_mail_has_not_got_it() {
    byte[] large = ("Subject: x\r\n\r\n" + "watch\r\n".repeat(2_000_000)).getBytes(UTF_8);
    Script script = accepting().whenever("DATA", script().say("354 go").drop()).obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(large, Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
    }
  }

  @Test
  @Tag("G-33")
  void a_server_that_stops_reading_ends_in_time() {
    byte[] large = ("Subject: x\r\n\r\n" + "watch\r\n".repeat(5_000_000)).getBytes(UTF_8);
    Script script =
        accepting().whenever("DATA", script().say("354 go").waitFor(new CountDownLatch(1))).obey();
    Instant before = Instant.now();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(large, Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  static Stream<Script> endsWithoutAnAnswer() {
    return Stream.of(
        script().silence(), script().drop(), script().say("what?"), script().say("354 more"));
  }

  @ParameterizedTest
  @MethodSource("endsWithoutAnAnswer")
  @Tag("G-30")
  void a_mail_that_was_sent_whole_and_not_answered_is_in_doubt(Script end) {
    Script script = accepting().whenever("DATA", script().say("354 go").body().and(end)).obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.InDoubt.class);
      assertThat(session.isUsable()).isFalse();
      assertThat(server.bodies()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"552 5.2.2 full", "451 4.3.0 later", "554-5.7.1 no\r\n554 5.7.1 spam"})
  @Tag("G-30")
  void a_refusal_of_the_whole_mail_keeps_its_codes_and_the_session(String answer) {
    Script script = accepting().whenever("DATA", script().say("354 go").body().say(answer)).obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> {
                assertThat(refused.reply().code())
                    .isEqualTo(Integer.parseInt(answer.substring(0, 3)));
                assertThat(refused.reply().enhanced()).isEqualTo(answer.substring(4, 9));
              });
      assertThat(session.isUsable()).isTrue();
    }
  }

  @Test
  void a_server_that_closes_with_421_has_refused_and_takes_no_more() {
    Script script =
        accepting()
            .whenever("DATA", script().say("354 go").body().say("421 4.3.2 going down").drop())
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> assertThat(refused.reply().codes()).isEqualTo("421 4.3.2"));
      assertThat(session.isUsable()).isFalse();
    }
  }

  @Test
  void a_refusal_at_data_is_not_hidden_by_a_reset_that_fails() {
    Script script = accepting().whenever("DATA", script().say("421 4.7.0 too much").drop()).obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> assertThat(refused.reply().codes()).isEqualTo("421 4.7.0"));
      assertThat(session.isUsable()).isFalse();
    }
  }

  @Test
  @Tag("WK-9")
  void a_mail_over_the_servers_limit_is_refused_before_it_is_sent() {
    try (ScriptedServer server = ScriptedServer.start(greeting("SIZE 50").obey());
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> assertThat(refused.reply().codes()).isEqualTo("552 5.3.4"));
      assertThat(session.isUsable()).isTrue();
      assertThat(server.received()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void an_address_that_is_not_ascii_needs_smtputf8() {
    EmailAddress jose = EmailAddress.of("jos\u00e9@b\u00fccher.example");
    try (ScriptedServer server =
            ScriptedServer.start(
                accepting().whenever("DATA", script().say("354 go").body().say("250 ok")).obey());
        TransportSession session = open(server)) {
      SendOutcome alone = session.send(Shop.envelope(MAIL, jose));
      SendOutcome together = session.send(Shop.envelope(MAIL, Shop.ANA, jose));

      assertThat(alone)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> assertThat(refused.reply().codes()).isEqualTo("553 5.6.7"));
      assertThat(together)
          .isInstanceOfSatisfying(
              SendOutcome.Accepted.class,
              accepted -> assertThat(accepted.refused()).containsOnlyKeys(jose));
      assertThat(server.received()).noneMatch(line -> line.contains("xn--"));
    }
  }

  @Test
  void with_smtputf8_such_an_address_is_told_in_utf_8_with_its_domain_in_ascii() {
    EmailAddress jose = EmailAddress.of("jos\u00e9@b\u00fccher.example");
    Script script =
        greeting("SMTPUTF8")
            .whenever("MAIL .*|RCPT .*", "250 ok")
            .whenever("DATA", script().say("354 go").body().say("250 ok"))
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, jose));

      assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(server.received())
          .contains(
              "MAIL FROM:<service@shop.example> SMTPUTF8",
              "RCPT TO:<jos\u00c3\u00a9@xn--bcher-kva.example>");
    }
  }

  @Test
  void bytes_over_127_go_only_to_servers_with_8bitmime() {
    byte[] eightBit = "Subject: \u00fc\r\n\r\n\u00fc\r\n".getBytes(UTF_8);
    try (ScriptedServer server = ScriptedServer.start(accepting().obey());
        TransportSession session = open(server)) {
      SendOutcome outcome = session.send(Shop.envelope(eightBit, Shop.ANA));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> assertThat(refused.reply().codes()).isEqualTo("554 5.6.3"));
    }
  }

  @Test
  @Tag("G-32")
  void dots_are_stuffed_and_bare_line_ends_become_line_ends() {
    byte[] odd = "Subject: x\r\n\r\na\n.\nb\r.c\r\n..d".getBytes(UTF_8);
    Script script =
        accepting().whenever("DATA", script().say("354 go").body().say("250 ok")).obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = open(server)) {
      session.send(Shop.envelope(odd, Shop.ANA));

      assertThat(server.bodies())
          .singleElement()
          .satisfies(
              body ->
                  assertThat(new String(body, UTF_8))
                      .isEqualTo("Subject: x\r\n\r\na\r\n..\r\nb\r\n..c\r\n...d\r\n"));
    }
  }

  @Test
  void we_never_call_ourselves_localhost() {
    try (ScriptedServer server = ScriptedServer.start(accepting().obey());
        TransportSession session = open(server)) {
      assertThat(session.isUsable()).isTrue();
      assertThat(server.received()).first().isEqualTo("EHLO shop.example");
    }
  }

  @Test
  @Tag("G-34")
  void without_starttls_nothing_is_said_about_user_or_password() {
    try (ScriptedServer server = ScriptedServer.start(greeting("AUTH PLAIN LOGIN").obey())) {
      ServerEndpoint endpoint =
          new ServerEndpoint("127.0.0.1", server.port(), TlsMode.STARTTLS_REQUIRED);
      MailAccount account = MailAccount.of("workshop", "ana@shop.example", null, endpoint);

      assertReason(() -> mail(Shop.password(SECRET)).transport().open(account), Reason.NO_TLS);

      assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  @Tag("G-34")
  void a_refused_login_is_a_wrong_credential_and_shows_no_secret() {
    Script script =
        greeting("AUTH PLAIN").expect("AUTH PLAIN (.*)").say("535 5.7.8 no $1 " + SECRET).obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      assertThatThrownBy(() -> open(server))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.WRONG_CREDENTIAL);
                assertThat(failure).hasMessageContaining("'127.0.0.1:" + server.port() + "'");
                assertThat(stackTrace(failure)).doesNotContain(SECRET);
              });
    }
  }

  @Test
  @Tag("G-34")
  void a_token_is_never_sent_as_a_password() {
    Credentials token = Shop.always(Credential.accessToken(SECRET));
    try (ScriptedServer server = ScriptedServer.start(greeting("AUTH PLAIN LOGIN").obey())) {
      MailAccount account = account(server);

      assertReason(() -> mail(token).transport().open(account), Reason.WRONG_CREDENTIAL);

      assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  @Tag("G-16")
  void a_token_travels_by_xoauth2() {
    Credentials token = Shop.always(Credential.accessToken("token-1"));
    Script script =
        greeting("AUTH PLAIN LOGIN XOAUTH2").expect("AUTH XOAUTH2 (.*)").say("235 2.7.0 in").obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = mail(token).transport().open(account(server))) {
      assertThat(session.isUsable()).isTrue();
    }
  }

  @Test
  @Tag("SY-2")
  @Tag("G-33")
  void where_a_mechanism_is_never_answered_the_next_is_tried_once_and_remembered() {
    Script hangs = greeting("AUTH PLAIN LOGIN").expect("AUTH PLAIN .*").silence();
    Script logsIn =
        greeting("AUTH PLAIN LOGIN")
            .expect("AUTH LOGIN")
            .say("334 VXNlcm5hbWU6")
            .expect(".*")
            .say("334 UGFzc3dvcmQ6")
            .expect(".*")
            .say("235 2.7.0 in")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(hangs, logsIn)) {
      ImapMail mail = mail(Shop.password(SECRET));
      try (TransportSession first = mail.transport().open(account(server));
          TransportSession second = mail.transport().open(account(server))) {
        assertThat(first.isUsable()).isTrue();
        assertThat(second.isUsable()).isTrue();
      }
      assertThat(server.received()).filteredOn(line -> line.startsWith("AUTH PLAIN")).hasSize(1);
      assertThat(server.problems()).isEmpty();
    }
  }

  @Test
  @Tag("SY-2")
  void where_a_mechanism_is_not_understood_the_next_is_tried() {
    Script lies =
        greeting("AUTH PLAIN LOGIN").expect("AUTH PLAIN .*").say("504 5.5.4 what?").obey();
    Script logsIn =
        greeting("AUTH PLAIN LOGIN")
            .expect("AUTH LOGIN")
            .say("334 VXNlcm5hbWU6")
            .expect(".*")
            .say("334 UGFzc3dvcmQ6")
            .expect(".*")
            .say("235 2.7.0 in")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(lies, logsIn);
        TransportSession session = open(server)) {
      assertThat(session.isUsable()).isTrue();
    }
  }

  @Test
  @Tag("SY-2")
  void a_password_that_is_refused_is_not_tried_again_by_another_mechanism() {
    Script refuses =
        greeting("AUTH PLAIN LOGIN").expect("AUTH PLAIN .*").say("535 5.7.8 wrong").obey();
    try (ScriptedServer server = ScriptedServer.start(refuses)) {
      assertReason(() -> open(server), Reason.WRONG_CREDENTIAL);

      assertThat(server.received()).filteredOn(line -> line.startsWith("AUTH")).hasSize(1);
    }
  }

  @Test
  void a_server_that_is_busy_says_come_back_later() {
    try (ScriptedServer server = ScriptedServer.start(script().say("421 4.3.2 too busy").drop())) {
      assertReason(() -> open(server), Reason.BUSY);
    }
  }

  private static TransportSession open(ScriptedServer server) {
    return mail(Shop.password(SECRET)).transport().open(account(server));
  }

  private static ImapMail mail(Credentials credentials) {
    return ImapMail.builder(credentials)
        .connectTimeout(PATIENCE)
        .silenceTimeout(PATIENCE)
        .commandTimeout(PATIENCE.multipliedBy(3))
        .finalAnswerTimeout(PATIENCE)
        .build();
  }

  private static MailAccount account(ScriptedServer server) {
    return MailAccount.of(
        "workshop", "ana@shop.example", null, ServerEndpoint.loopback(server.port()));
  }

  private static Script greeting(String offer) {
    return script()
        .whenever("RSET|NOOP", "250 ok")
        .whenever("QUIT", "221 bye")
        .say("220 mail.shop.example")
        .expect("EHLO .*")
        .say("250-mail.shop.example", "250 " + offer);
  }

  private static Script accepting() {
    return greeting("SIZE 100000000").whenever("MAIL .*|RCPT .*", "250 2.1.0 fine");
  }

  private static void assertReason(Runnable work, Reason reason) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MailAccessFailure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
