package io.engage.memory;

import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;

/** The promises, by a transport that has no way of its own to send many mails. */
class OneByOneTransportTest extends InMemoryMailTransportTest {

  @Override
  protected MailTransport transport() {
    return account -> new OneByOne(super.transport().open(account));
  }

  private record OneByOne(TransportSession session) implements TransportSession {
    @Override
    public SendOutcome send(Envelope envelope) {
      return session.send(envelope);
    }

    @Override
    public boolean isUsable() {
      return session.isUsable();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
