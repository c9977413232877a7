package io.engage.memory;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.testkit.MailTransportContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

class InMemoryMailTransportTest extends MailTransportContract {
  private final InMemoryMail mail = InMemoryMail.create(new UnusedMailFormat(), Clock.systemUTC());

  @Override
  protected MailTransport transport() {
    return mail.transport();
  }

  @Override
  protected MailAccount account() {
    return MailAccount.of("workshop", "workshop", null, ServerEndpoint.loopback(25));
  }

  @Override
  protected List<Arrived> arrived() {
    return mail.sent().stream().map(InMemoryMailTransportTest::arrived).toList();
  }

  private static Arrived arrived(Envelope envelope) {
    List<String> recipients = envelope.recipients().stream().map(EmailAddress::value).toList();
    try (InputStream in = envelope.content().open()) {
      String sender = envelope.sender() == null ? "" : envelope.sender().value();
      return new Arrived(sender, recipients, in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  protected void refuse(EmailAddress recipient) {
    mail.refuse(recipient, new SmtpReply(550, "5.1.1", "Nobody of that name"));
  }

  @Override
  protected void defer(EmailAddress recipient) {
    mail.refuse(recipient, new SmtpReply(451, "4.3.0", "Later"));
  }

  @Override
  protected void refuseSenders() {
    SmtpReply reply = new SmtpReply(550, "5.1.0", "Sender address rejected");
    mail.answerNext(new SendOutcome.Refused(reply, Map.of(), SendOutcome.Stage.SENDER), false);
  }

  @Override
  protected void loseNextMail() {
    mail.answerNext(new SendOutcome.NothingSent("The connection broke."), false);
  }

  @Override
  protected void loseNextAnswer() {
    mail.answerNext(new SendOutcome.InDoubt("The connection broke."), true);
  }

  @Override
  protected void stop() {
    mail.failNext(InMemoryMail.Step.CONNECT_TO_SEND, Reason.REFUSED, 1);
  }
}
