package io.engage.imap.connecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.testkit.peers.ShopCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-3")
@Tag("G-34")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CertificateAdviceTest {
  @Test
  void one_that_nobody_signed_is_called_self_signed() throws IOException {
    MailAccessFailure failure =
        refusal("localhost", ShopCertificate.create().serverContext(), null);

    assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
    assertThat(failure).hasMessageContaining("self-signed");
  }

  @Test
  void one_for_another_host_is_called_so() throws IOException {
    ShopCertificate shop = ShopCertificate.create();

    MailAccessFailure failure = refusal("127.0.0.1", shop.serverContext(), shop.certificate());

    assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
    assertThat(failure).hasMessageContaining("is for another host");
  }

  @Test
  @Tag("G-33")
  void one_that_has_expired_is_called_so_by_a_live_connection() throws IOException {
    ShopCertificate expired = ShopCertificate.expired();

    MailAccessFailure failure =
        refusal("localhost", expired.serverContext(), expired.certificate());

    assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE);
    assertThat(failure).hasMessageContaining("has expired");
  }

  @Test
  void one_whose_time_is_over_or_has_not_come_is_called_so() {
    assertThat(CertificateAdvice.decide(handshake(new CertificateExpiredException("over"))))
        .contains("has expired");
    assertThat(CertificateAdvice.decide(handshake(new CertificateNotYetValidException("soon"))))
        .contains("not valid yet");
  }

  /** As Java tells it: the certificate's own failure lies below that of its path. */
  private static SSLHandshakeException handshake(CertificateException cause) {
    SSLHandshakeException failed = new SSLHandshakeException("handshake");
    failed.initCause(new CertificateException(new CertPathValidatorException("path", cause)));
    return failed;
  }

  private static MailAccessFailure refusal(
      String host, SSLContext context, @org.jspecify.annotations.Nullable X509Certificate trusted)
      throws IOException {
    try (SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> shakeHands(listener), "tls-server");
      server.setDaemon(true);
      server.start();
      MailAccount account =
          MailAccount.of(
              "workshop", "ana", ServerEndpoint.tls(host, listener.getLocalPort()), null);
      ImapMail.Builder mail = ImapMail.builder(Shop.password("open-sesame"));
      if (trusted != null) {
        mail.trusting(account.id(), trusted);
      }
      return catchThrowableOfType(
          MailAccessFailure.class, () -> mail.build().source().open(account).close());
    }
  }

  private static void shakeHands(SSLServerSocket listener) {
    while (!listener.isClosed()) {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        socket.startHandshake();
      } catch (IOException refused) {
        // That is what the test is about.
      }
    }
  }
}
