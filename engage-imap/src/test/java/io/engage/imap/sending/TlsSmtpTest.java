package io.engage.imap.sending;

import io.engage.imap.ImapMail;
import io.engage.imap.Shop;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.TlsMode;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.MailTransport;
import io.engage.testkit.peers.ShopCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The promises, over TLS from the first byte on. */
@Tag("G-34")
class TlsSmtpTest extends SmtpMailTransportTest {
  private TlsDoor door;

  @Override
  protected MailTransport transport() {
    return ImapMail.builder(Shop.password("watch"))
        .trusting(AccountId.of("workshop"), ShopCertificate.create().certificate())
        .build()
        .transport();
  }

  @Override
  protected ServerEndpoint reached(ServerEndpoint plain) {
    if (door == null) {
      door = TlsDoor.before(plain.port(), mode() == TlsMode.STARTTLS_REQUIRED);
    }
    return new ServerEndpoint("localhost", door.port(), mode());
  }

  protected TlsMode mode() {
    return TlsMode.TLS;
  }

  @AfterEach
  void closeDoor() {
    if (door != null) {
      door.close();
    }
  }
}
