package io.engage.imap.sending;

import io.engage.model.inbox.TlsMode;
import org.junit.jupiter.api.Tag;

/** The promises, over TLS that is agreed upon first. */
@Tag("G-34")
class StartTlsSmtpTest extends TlsSmtpTest {

  @Override
  protected TlsMode mode() {
    return TlsMode.STARTTLS_REQUIRED;
  }
}
