package io.engage.dialer;

import io.engage.memory.InMemoryMail;
import io.engage.model.inbox.Credential;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Mail systems whose servers do what a test says. */
final class OddMail {
  private OddMail() {}

  /** The same mail system, whose sessions send in another way. */
  static MailSystem with(
      InMemoryMail good, BiFunction<TransportSession, Envelope, SendOutcome> send) {
    return new MailSystem() {
      @Override
      public MailSource source() {
        return good.source();
      }

      @Override
      public MailTransport transport() {
        return account -> session(good.transport().open(account), send);
      }

      @Override
      public MailFormat format() {
        return good.format();
      }

      @Override
      public MailSystem trying(@Nullable Credential credential) {
        return good.trying(credential);
      }
    };
  }

  private static TransportSession session(
      TransportSession good, BiFunction<TransportSession, Envelope, SendOutcome> send) {
    return new TransportSession() {
      @Override
      public SendOutcome send(Envelope envelope) {
        return send.apply(good, envelope);
      }

      @Override
      public boolean isUsable() {
        return good.isUsable();
      }

      @Override
      public void close() {
        good.close();
      }
    };
  }
}
