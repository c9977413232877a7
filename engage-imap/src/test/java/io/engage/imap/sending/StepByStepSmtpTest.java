package io.engage.imap.sending;

import org.junit.jupiter.api.Tag;

/** The promises, on a server that has to be told one command at a time. */
@Tag("G-30")
class StepByStepSmtpTest extends SmtpMailTransportTest {

  @Override
  protected String offer() {
    return "HELP";
  }
}
