package io.engage.imap;

import static io.engage.testkit.ScriptedServer.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engage.model.inbox.Credential;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.spi.Credentials;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.testkit.ScriptedServer;
import io.engage.testkit.ScriptedServer.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say instead of letting us in, and what we make of it. */
@Tag("G-16")
@Tag("IN-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusedLoginTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Credentials PASSWORD = Shop.always(Credential.password("canary-7c1"));
  private static final Credentials TOKEN = Shop.always(Credential.accessToken("canary-7c1"));
  private static final String TOLD_WHY =
      Base64.getEncoder()
          .encodeToString(
              "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}"
                  .getBytes(StandardCharsets.US_ASCII));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure) | WRONG_CREDENTIAL | Check user",
        "NO [AUTHORIZATIONFAILED] not this mailbox | WRONG_CREDENTIAL | Check user",
        "NO [EXPIRED] that password is old | WRONG_CREDENTIAL | expired",
        "NO [CONTACTADMIN] blocked | WRONG_CREDENTIAL | administrator",
        "NO LOGIN failed. | WRONG_CREDENTIAL | Check user",
        "NO Wrong password, please try again | WRONG_CREDENTIAL | Check user",
        "NO [ALERT] Application-specific password required: 185833 | WRONG_CREDENTIAL | app password",
        "NO [WEBALERT https://x.example] Web login required. | WRONG_CREDENTIAL | web browser",
        "NO [ALERT] Your account is not enabled for IMAP use. | WRONG_CREDENTIAL | IMAP is turned off",
        "NO LogonDenied-BasicAuthBlocked | WRONG_CREDENTIAL | OAuth 2.0",
        "NO [UNAVAILABLE] Temporary authentication failure. | BUSY | later",
        "NO Server error - Please try again later | BUSY | later",
        "NO [ALERT] Too many simultaneous connections. | BUSY | later",
        "NO [PRIVACYREQUIRED] use TLS | NO_TLS | TLS",
        "BAD User is authenticated but not connected. | BUSY | later",
        "BAD what? | PROTOCOL | port",
      })
  void imap_passwords(String answer, Reason reason, String advice) {
    Script script =
        script()
            .say("* OK [CAPABILITY IMAP4rev1] ready")
            .expect("(\\S+) LOGIN .*")
            .say("$1 " + answer)
            .obey();

    MailAccessFailure failure = imap(script, PASSWORD);

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageContaining(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "535 5.7.8 Error: authentication failed | WRONG_CREDENTIAL | Check user",
        "535 5.7.3 Authentication unsuccessful | WRONG_CREDENTIAL | Check user",
        "534-5.7.9 Application-specific password required. | WRONG_CREDENTIAL | app password",
        "534-5.7.14 Please log in via your web browser | WRONG_CREDENTIAL | web browser",
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. | WRONG_CREDENTIAL | OAuth 2.0",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | WRONG_CREDENTIAL | SMTP AUTH is turned off",
        "550 5.7.30 Basic authentication is not supported for Client Submission. | WRONG_CREDENTIAL | OAuth 2.0",
        "432 4.7.12 A password transition is needed | WRONG_CREDENTIAL | anew",
        "454 4.7.0 Temporary authentication failure | BUSY | later",
        "421 4.7.0 Try again later, closing connection | BUSY | later",
        "535 5.7.8 authentication failed: Connection lost to authentication server | BUSY | later",
        "538 5.7.11 Encryption required | NO_TLS | TLS",
      })
  void smtp_passwords(String answer, Reason reason, String advice) {
    String[] lines =
        answer.charAt(3) == '-'
            ? new String[] {answer, answer.replaceFirst("-", " ")}
            : new String[] {answer};
    Script script = smtp("AUTH PLAIN").expect("AUTH PLAIN .*").say(lines).obey();

    MailAccessFailure failure = smtp(script, PASSWORD);

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageContaining(advice);
  }

  @Test
  void imap_tells_why_a_token_is_refused_and_hears_an_empty_line() {
    Script script =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready")
            .whenever("", script())
            .expect("(\\S+) AUTHENTICATE XOAUTH2 \\S+")
            .say("+ " + TOLD_WHY, "$1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)")
            .obey();

    assertRefusedToken(script, 2);
  }

  @Test
  void imap_without_an_initial_response_gets_the_token_once() {
    Script script =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready")
            .whenever("\\S{20,}|", script())
            .expect("(\\S+) AUTHENTICATE XOAUTH2")
            .say("+ ", "+ " + TOLD_WHY, "$1 NO [AUTHENTICATIONFAILED] Invalid credentials")
            .obey();

    assertRefusedToken(script, 3);
  }

  private static void assertRefusedToken(Script script, int lines) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      MailAccessFailure failure = imap(server, TOKEN);

      assertThat(failure.reason()).isEqualTo(Reason.TOKEN_REFUSED);
      assertThat(failure).hasMessageContaining("consent again");
      Awaitility.await()
          .untilAsserted(() -> assertThat(server.received()).hasSize(lines).endsWith(""));
      assertThat(server.problems()).isEmpty();
    }
  }

  @Test
  void an_imap_server_that_asks_for_the_token_for_ever_is_left() {
    Script script =
        script()
            .say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready")
            .expect("(\\S+) AUTHENTICATE XOAUTH2 \\S+")
            .whenever(".*", "+ " + TOLD_WHY)
            .say("+ " + TOLD_WHY)
            .obey();

    MailAccessFailure failure = imap(script, TOKEN);

    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void smtp_tells_why_a_token_is_refused_and_hears_an_empty_line() {
    Script script =
        smtp("AUTH XOAUTH2")
            .expect("AUTH XOAUTH2 .*")
            .say("334 " + TOLD_WHY)
            .expect("")
            .say("535-5.7.8 Username and Password not accepted.", "535 5.7.8 See the manual")
            .obey();

    MailAccessFailure failure = smtp(script, TOKEN);

    assertThat(failure.reason()).isEqualTo(Reason.TOKEN_REFUSED);
    assertThat(failure).hasMessageContaining("consent again");
  }

  @Test
  void a_server_that_cannot_check_a_token_now_has_not_refused_it() {
    Script script =
        smtp("AUTH XOAUTH2")
            .expect("AUTH XOAUTH2 .*")
            .say("334 " + TOLD_WHY)
            .expect("")
            .say("454 4.7.0 Temporary authentication failure")
            .obey();

    assertThat(smtp(script, TOKEN).reason()).isEqualTo(Reason.BUSY);
  }

  @Test
  @Tag("G-34")
  void a_token_is_sent_to_no_server_that_takes_passwords_alone() {
    try (ScriptedServer server =
        ScriptedServer.start(
            script().say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN] ready").obey())) {
      MailAccessFailure failure = imap(server, TOKEN);

      assertThat(failure).hasMessageContaining("takes no access tokens");
      assertThat(server.received()).noneMatch(line -> line.matches(".*(LOGIN|AUTH|canary).*"));
    }
  }

  private static MailAccessFailure imap(Script script, Credentials credentials) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      return imap(server, credentials);
    }
  }

  private static MailAccessFailure imap(ScriptedServer server, Credentials credentials) {
    MailAccount account =
        MailAccount.of("workshop", "ana", ServerEndpoint.loopback(server.port()), null);
    return catchThrowableOfType(
        MailAccessFailure.class, () -> mail(credentials).source().open(account).close());
  }

  private static MailAccessFailure smtp(Script script, Credentials credentials) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      MailAccount account =
          MailAccount.of("workshop", "ana", null, ServerEndpoint.loopback(server.port()));
      return catchThrowableOfType(
          MailAccessFailure.class, () -> mail(credentials).transport().open(account).close());
    }
  }

  private static Script smtp(String offer) {
    return script()
        .whenever("QUIT", "221 bye")
        .say("220 mail.shop.example")
        .expect("EHLO .*")
        .say("250-mail.shop.example", "250 " + offer);
  }

  private static ImapMail mail(Credentials credentials) {
    return ImapMail.builder(credentials)
        .connectTimeout(PATIENCE)
        .silenceTimeout(PATIENCE)
        .commandTimeout(PATIENCE)
        .build();
  }
}
