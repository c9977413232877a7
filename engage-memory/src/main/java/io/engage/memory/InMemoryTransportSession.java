package io.engage.memory;

import io.engage.memory.MailFolder.Mail;
import io.engage.memory.MailServer.PlannedAnswer;
import io.engage.model.address.EmailAddress;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session that hands mails to the server in memory. */
final class InMemoryTransportSession implements TransportSession {
  private static final SmtpReply TAKEN = new SmtpReply(250, "2.0.0", "Taken");

  private final MailServer server;
  private final Clock clock;
  private boolean usable = true;

  InMemoryTransportSession(MailServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public SendOutcome send(Envelope envelope) {
    if (!usable) {
      return new SendOutcome.NothingSent("This session has ended. Open a new one.");
    }
    byte[] bytes;
    try {
      bytes = read(envelope.content());
    } catch (IOException | RuntimeException unreadable) {
      return new SendOutcome.NothingSent("The bytes of the mail cannot be read.");
    }
    return server.changing(() -> decide(envelope, bytes));
  }

  /** Takes the next before it tells the outcome, as a session does whose server has PIPELINING. */
  @Override
  public void sendAll(EnvelopeSupply supply, Consumer<SendOutcome> outcomes) {
    boolean passed = false;
    try {
      while (usable) {
        Optional<Envelope> first = supply.awaitNext();
        if (first.isEmpty()) {
          break;
        }
        sendInARow(first, supply, outcomes);
      }
      passed = true;
    } finally {
      usable = usable && passed;
    }
  }

  private void sendInARow(
      Optional<Envelope> first, EnvelopeSupply supply, Consumer<SendOutcome> outcomes) {
    Optional<Envelope> next = first;
    while (next.isPresent()) {
      Envelope mail = next.get();
      RuntimeException failure = null;
      try {
        next = usable ? supply.nextIfReady() : Optional.empty();
      } catch (RuntimeException notSupplied) {
        failure = notSupplied;
        next = Optional.empty();
      }
      outcomes.accept(send(mail));
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Bytes that were read have been read, whatever closing them says. */
  private static byte[] read(MailContent content) throws IOException {
    InputStream in = content.open();
    byte[] bytes = in.readAllBytes();
    try {
      in.close();
    } catch (IOException | RuntimeException readAnyway) {
      // They are all there.
    }
    return bytes;
  }

  private SendOutcome decide(Envelope envelope, byte[] bytes) {
    PlannedAnswer planned = server.plannedAnswers.poll();
    if (planned != null) {
      return asPlanned(planned, envelope, bytes);
    }
    Map<EmailAddress, SmtpReply> refused = new LinkedHashMap<>();
    List<EmailAddress> taken = new ArrayList<>();
    SmtpReply last = TAKEN;
    for (EmailAddress recipient : envelope.recipients()) {
      Optional<SmtpReply> refusal = Optional.ofNullable(server.refused.get(recipient));
      refusal.ifPresentOrElse(reply -> refused.put(recipient, reply), () -> taken.add(recipient));
      last = refusal.orElse(last);
    }
    if (taken.isEmpty()) {
      return new SendOutcome.Refused(last, refused);
    }
    arrive(envelope, taken, bytes);
    return new SendOutcome.Accepted(TAKEN, refused);
  }

  private SendOutcome asPlanned(PlannedAnswer planned, Envelope envelope, byte[] bytes) {
    SendOutcome outcome = planned.outcome();
    if (planned.arrives()) {
      arrive(envelope, envelope.recipients(), bytes);
    }
    usable =
        !(outcome instanceof SendOutcome.InDoubt) && !(outcome instanceof SendOutcome.NothingSent);
    return outcome;
  }

  private void arrive(Envelope envelope, List<EmailAddress> recipients, byte[] bytes) {
    server.accepted.add(new Envelope(envelope.sender(), recipients, MailContent.of(bytes)));
    for (EmailAddress recipient : recipients) {
      AccountId account = server.mailboxes.get(recipient);
      if (account != null) {
        byte[] delivered = stamped(envelope.sender(), recipient, bytes);
        server
            .create(new ServerFolder(account, MailServer.INBOX))
            .add(Mail.of(delivered, clock.instant(), false));
      }
    }
  }

  /** With the lines that a server puts on top when it delivers (RFC 5321 section 4.4). */
  private static byte[] stamped(
      @Nullable EmailAddress sender, EmailAddress recipient, byte[] bytes) {
    String top =
        "Return-Path: <%s>\r\nDelivered-To: %s\r\n"
            .formatted(sender == null ? "" : sender, recipient);
    byte[] stamp = top.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[stamp.length + bytes.length];
    System.arraycopy(stamp, 0, all, 0, stamp.length);
    System.arraycopy(bytes, 0, all, stamp.length, bytes.length);
    return all;
  }

  @Override
  public boolean isUsable() {
    return usable;
  }

  @Override
  public void close() {
    usable = false;
  }
}
