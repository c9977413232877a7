package io.engage.imap.sending;

import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends one mail after the other over one connection. */
final class SmtpSession implements TransportSession {
  private final Delivering delivering;

  SmtpSession(Delivering delivering) {
    this.delivering = delivering;
  }

  @Override
  public SendOutcome send(Envelope envelope) {
    return delivering.deliver(new Outgoing(envelope), new Ahead(null));
  }

  @Override
  public void sendAll(EnvelopeSupply supply, Consumer<SendOutcome> outcomes) {
    boolean passed = false;
    try {
      Optional<Envelope> first = awaited(supply);
      while (first.isPresent()) {
        sendInARow(first.get(), supply, outcomes);
        first = awaited(supply);
      }
      passed = true;
    } finally {
      if (!passed) {
        delivering.end();
      }
    }
  }

  private Optional<Envelope> awaited(EnvelopeSupply supply) {
    return isUsable() ? supply.awaitNext() : Optional.empty();
  }

  /** Until none is ready. */
  private void sendInARow(Envelope first, EnvelopeSupply supply, Consumer<SendOutcome> outcomes) {
    @Nullable Outgoing mail = new Outgoing(first);
    while (mail != null) {
      Ahead ahead = new Ahead(supply);
      outcomes.accept(delivering.deliver(mail, ahead));
      mail = ahead.next(isUsable());
    }
  }

  @Override
  public boolean isUsable() {
    return delivering.isUsable();
  }

  @Override
  public void close() {
    delivering.leave();
  }
}
