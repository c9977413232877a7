package io.engage.imap.fetching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.imap.ImapMail;
import io.engage.imap.OtherProgram;
import io.engage.imap.Shop;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.testkit.peers.Dovecot;
import io.engage.testkit.peers.ShopCertificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whom TLS trusts, on a server whose certificate is for {@code localhost} and signed by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-34")
class DovecotTlsTest {
  private static Dovecot dovecot;

  private final String user = Shop.newUser();
  private final ImapMail cautious = ImapMail.create(Shop.password(Dovecot.PASSWORD));
  private final ImapMail trusting =
      ImapMail.builder(Shop.password(Dovecot.PASSWORD))
          .trusting(AccountId.of("workshop"), ShopCertificate.create().certificate())
          .build();

  @BeforeAll
  static void start() {
    dovecot = Dovecot.start();
  }

  @AfterAll
  static void stop() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  @Test
  void an_authority_that_was_added_for_the_account_is_trusted_with_tls_and_starttls() {
    ServerEndpoint tls = ServerEndpoint.tls("localhost", dovecot.tlsPort());
    ServerEndpoint startTls = ServerEndpoint.startTls("localhost", dovecot.port());

    assertThat(messages(trusting, account("workshop", tls))).isZero();
    assertThat(messages(trusting, account("workshop", startTls))).isZero();
  }

  @Test
  void news_come_through_tls_too() {
    MailAccount account = account("workshop", ServerEndpoint.tls("localhost", dovecot.tlsPort()));
    try (MailboxSession session = trusting.source().open(account)) {
      session.look("INBOX");
      assertThat(session.awaitNews("INBOX", Duration.ofMillis(200))).isFalse();
      CompletableFuture<Void> later =
          CompletableFuture.runAsync(
              this::deliver, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

      boolean news = session.awaitNews("INBOX", Duration.ofSeconds(30));

      assertThat(news).isTrue();
      assertThat(session.look("INBOX").messages()).isEqualTo(1);
      later.join();
    }
  }

  @Test
  void it_is_trusted_for_that_account_alone() {
    ServerEndpoint tls = ServerEndpoint.tls("localhost", dovecot.tlsPort());
    ServerEndpoint startTls = ServerEndpoint.startTls("localhost", dovecot.port());

    assertReason(trusting, account("jewellery", tls), Reason.CERTIFICATE);
    assertReason(cautious, account("workshop", tls), Reason.CERTIFICATE);
    assertReason(cautious, account("workshop", startTls), Reason.CERTIFICATE);
  }

  @Test
  void a_certificate_for_another_name_is_not_accepted() {
    ServerEndpoint tls = ServerEndpoint.tls("127.0.0.1", dovecot.tlsPort());
    ServerEndpoint startTls = ServerEndpoint.startTls("127.0.0.1", dovecot.port());

    assertReason(trusting, account("workshop", tls), Reason.CERTIFICATE);
    assertReason(trusting, account("workshop", startTls), Reason.CERTIFICATE);
  }

  @Test
  void tls_on_a_port_without_tls_says_so() {
    ServerEndpoint plain = ServerEndpoint.tls("localhost", dovecot.port());

    assertReason(trusting, account("workshop", plain), Reason.NO_TLS);
  }

  @Test
  void a_wrong_password_is_told_apart() {
    ImapMail mistyped = ImapMail.create(Shop.password("wacth"));

    assertReason(
        mistyped,
        account("workshop", ServerEndpoint.loopback(dovecot.port())),
        Reason.WRONG_CREDENTIAL);
  }

  private static long messages(ImapMail mail, MailAccount account) {
    try (MailboxSession session = mail.source().open(account)) {
      return session.look("INBOX").messages();
    }
  }

  private void deliver() {
    try (OtherProgram program = OtherProgram.logIn(dovecot.port(), user, Dovecot.PASSWORD)) {
      program.append("INBOX", Shop.mail("news"));
    }
  }

  private MailAccount account(String id, ServerEndpoint imap) {
    return MailAccount.of(id, user, imap, null);
  }

  private static void assertReason(ImapMail mail, MailAccount account, Reason reason) {
    assertThatThrownBy(() -> mail.source().open(account).close())
        .isInstanceOfSatisfying(
            MailAccessFailure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
