package io.engage.core;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Credential;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A way on which every trace of automatic mail gets lost, and which vouches for every sender: what
 * remains looks like a person's first mail.
 */
record ForgetfulMail(MailSystem good, EmailAddress sender) implements MailSystem {
  private static final String TRACES =
      "(?im)^(auto-submitted|x-auto-response-suppress|in-reply-to|references):.*\r\n([ \t].*\r\n)*";

  @Override
  public MailSource source() {
    return good.source();
  }

  @Override
  public MailTransport transport() {
    return account -> forgetful(good.transport().open(account));
  }

  private MailTransport.TransportSession forgetful(MailTransport.TransportSession session) {
    return new MailTransport.TransportSession() {
      @Override
      public SendOutcome send(MailTransport.Envelope envelope) {
        return session.send(
            new MailTransport.Envelope(
                sender, envelope.recipients(), MailContent.of(stripped(envelope.content()))));
      }

      @Override
      public boolean isUsable() {
        return session.isUsable();
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  private byte[] stripped(MailContent content) {
    try (InputStream in = content.open()) {
      String mail = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      String verdict =
          "Authentication-Results: mx.shop.example; dmarc=pass header.from=%s\r\n"
              .formatted(sender.domain());
      return (verdict + mail.replaceAll(TRACES, "")).getBytes(StandardCharsets.ISO_8859_1);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public MailFormat format() {
    return good.format();
  }

  @Override
  public MailSystem trying(@Nullable Credential credential) {
    return new ForgetfulMail(good.trying(credential), sender);
  }
}
