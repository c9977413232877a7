package io.engage.core;

import io.engage.model.inbox.Credential;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import org.jspecify.annotations.Nullable;

/** A mail system whose transport breaks in the middle of a mail, against its promise. */
record BreakingMail(MailSystem good) implements MailSystem {

  @Override
  public MailSource source() {
    return good.source();
  }

  @Override
  public MailTransport transport() {
    return account ->
        new MailTransport.TransportSession() {
          @Override
          public SendOutcome send(MailTransport.Envelope envelope) {
            throw new IllegalStateException("Nobody knows how far it got");
          }

          @Override
          public boolean isUsable() {
            return true;
          }

          @Override
          public void close() {}
        };
  }

  @Override
  public MailFormat format() {
    return good.format();
  }

  @Override
  public MailSystem trying(@Nullable Credential credential) {
    return new BreakingMail(good.trying(credential));
  }
}
