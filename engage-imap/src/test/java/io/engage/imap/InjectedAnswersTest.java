package io.engage.imap;

import static io.engage.testkit.ScriptedServer.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.model.mailbox.AccountId;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import io.engage.testkit.peers.ShopCertificate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody between us and the server says something in clear text before TLS begins, in the hope
 * that it counts afterwards (RFC 3207, section 6; RFC 9051, section 6.2.1).
 */
@Tag("G-34")
@DisplayNameGeneration(ReplaceUnderscores.class)
class InjectedAnswersTest {
  private static final byte[] MAIL = Shop.mail("Your watch");

  /** Answers to whatever we may ask next: how they are numbered is no secret. */
  private static final String ANSWERED_IN_ADVANCE =
      IntStream.range(0, 10)
          .mapToObj(tag -> "\r\n$1" + tag + " OK done")
          .collect(Collectors.joining());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n$1$2 OK go",
        "$1$2 OK go\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED",
        "$1$2 OK go\r\n* PREAUTH welcome"
      })
  void what_an_imap_server_can_is_what_it_says_by_tls(String clear) {
    Script script =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready")
            .expect("([A-Z]+)(\\d+) STARTTLS")
            .say(clear + (clear.startsWith("*") ? "" : ANSWERED_IN_ADVANCE))
            .secure(ShopCertificate.create().serverContext())
            .expect("(\\S+) CAPABILITY")
            .say("* CAPABILITY IMAP4rev1 AUTH=PLAIN", "$1 OK")
            .expect("(\\S+) LOGIN ana .*")
            .say("$1 OK in")
            .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        MailboxSession session = mail().source().open(imap(server))) {
      assertThat(session).isNotNull();
      assertThat(server.problems()).isEmpty();
      assertThat(server.received()).anyMatch(line -> line.contains("LOGIN ana"));
    }
  }

  @Test
  void a_greeting_in_clear_text_that_says_we_are_logged_in_is_no_login() {
    Script script =
        script()
            .say("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome")
            .whenever("(\\S+) LOGOUT", "* BYE", "$1 OK")
            .expect("(\\S+) STARTTLS")
            .say("$1 OK go")
            .secure(ShopCertificate.create().serverContext())
            .whenever("(\\S+) CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN", "$1 OK")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script)) {
      MailAccount account = imap(server);

      assertThatThrownBy(() -> mail().source().open(account))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.NO_TLS));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n250-mail.shop.example\r\n250-AUTH LOGIN XOAUTH2\r\n250 SIZE 10",
        "\r\n235 in"
      })
  void what_an_smtp_server_can_is_what_it_says_by_tls(String injected) {
    Script script =
        script()
            .say("220 mail.shop.example")
            .expect("EHLO .*")
            .say("250-mail.shop.example", "250-SIZE 10", "250-AUTH LOGIN", "250 STARTTLS")
            .expect("STARTTLS")
            .say("220 go" + injected)
            .secure(ShopCertificate.create().serverContext())
            .expect("EHLO .*")
            .say("250-mail.shop.example", "250 AUTH PLAIN")
            .expect("AUTH PLAIN .*")
            .say("235 in")
            .whenever("MAIL .*|RCPT .*|RSET|NOOP", "250 fine")
            .whenever("DATA", script().say("354 go").body().say("250 taken"))
            .whenever("QUIT", "221 bye")
            .obey();
    try (ScriptedServer server = ScriptedServer.start(script);
        TransportSession session = mail().transport().open(smtp(server))) {
      SendOutcome outcome = session.send(Shop.envelope(MAIL, Shop.ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(server.bodies()).hasSize(1);
      assertThat(server.problems()).isEmpty();
    }
  }

  private static ImapMail mail() {
    return ImapMail.builder(Shop.password("canary-7c1"))
        .trusting(AccountId.of("workshop"), ShopCertificate.create().certificate())
        .build();
  }

  private static MailAccount imap(ScriptedServer server) {
    return MailAccount.of("workshop", "ana", endpoint(server), null);
  }

  private static MailAccount smtp(ScriptedServer server) {
    return MailAccount.of("workshop", "ana@shop.example", null, endpoint(server));
  }

  private static ServerEndpoint endpoint(ScriptedServer server) {
    return new ServerEndpoint("localhost", server.port(), TlsMode.STARTTLS_REQUIRED);
  }
}
