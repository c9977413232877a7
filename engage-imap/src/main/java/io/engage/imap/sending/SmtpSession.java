package io.engage.imap.sending;

import io.engage.imap.sending.EnvelopeCheck.Offers;
import io.engage.model.address.EmailAddress;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.TransportSession;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one mail after the other over one connection. */
final class SmtpSession implements TransportSession {
  /** So many commands travel together; more could block both sides (RFC 2920 section 3.1). */
  private static final int AT_ONCE = 50;

  private static final int CLOSING = 421;
  private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

  private final SmtpConnection connection;
  private final Duration patience;
  private volatile boolean usable = true;

  SmtpSession(SmtpConnection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  @Override
  public SendOutcome send(Envelope envelope) {
    if (!usable) {
      return new SendOutcome.NothingSent("This session has ended. Open a new one.");
    }
    boolean eightBit;
    InputStream content;
    try {
      eightBit = isEightBit(envelope.content());
      content = envelope.content().open();
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("The bytes of a mail cannot be read; nothing was sent", unreadable);
      return new SendOutcome.NothingSent("The bytes of the mail cannot be read.");
    }
    try {
      return new Attempt(envelope, eightBit).run(content);
    } finally {
      release(content);
    }
  }

  /** What became of the mail is known by now, and nothing that happens here changes it. */
  private static void release(InputStream content) {
    try {
      content.close();
    } catch (IOException | RuntimeException readAnyway) {
      LOG.debug("The bytes of a mail could not be closed", readAnyway);
    }
  }

  @Override
  public boolean isUsable() {
    return usable;
  }

  @Override
  public void close() {
    if (usable) {
      usable = false;
      connection.leave();
    } else {
      connection.cut();
    }
  }

  private void end() {
    usable = false;
    connection.cut();
  }

  /** One mail, step by step. */
  private final class Attempt {
    private final Envelope envelope;
    private final boolean eightBit;
    private final Map<EmailAddress, SmtpReply> refused = new LinkedHashMap<>();
    private final List<EmailAddress> told = new ArrayList<>();
    private @Nullable SmtpReply lastRefusal;
    private boolean wholeSent;

    Attempt(Envelope envelope, boolean eightBit) {
      this.envelope = envelope;
      this.eightBit = eightBit;
    }

    SendOutcome run(InputStream content) {
      Offers offers = connection.offers();
      SmtpReply never = refusal(offers);
      if (never != null) {
        return new SendOutcome.Refused(never, refused);
      }
      try {
        return converse(content, offers);
      } catch (MessagingException | IOException | RuntimeException broken) {
        return broke(broken);
      } catch (Error ours) {
        end();
        throw ours;
      }
    }

    /** What is known to be refused before anything is said; null when it may be tried. */
    private @Nullable SmtpReply refusal(Offers offers) {
      SmtpReply whole = EnvelopeCheck.decide(envelope.content().size(), eightBit, offers);
      EmailAddress returnPath = envelope.sender();
      SmtpReply sender = returnPath == null ? null : EnvelopeCheck.decide(returnPath, offers);
      if (whole != null || sender != null) {
        return whole != null ? whole : sender;
      }
      for (EmailAddress recipient : envelope.recipients()) {
        SmtpReply reply = EnvelopeCheck.decide(recipient, offers);
        if (reply == null) {
          told.add(recipient);
        } else {
          refuse(recipient, reply);
        }
      }
      return told.isEmpty() ? lastRefusal : null;
    }

    private SendOutcome converse(InputStream content, Offers offers)
        throws MessagingException, IOException {
      SmtpReply refusal = tellEnvelope(mailFrom(offers));
      if (refusal != null) {
        return resetAfter(new SendOutcome.Refused(refusal, refused));
      }
      refusal = connection.startBody();
      if (refusal != null) {
        endIfClosing(refusal);
        return new SendOutcome.Refused(refusal, refused);
      }
      connection.writeBody(content);
      wholeSent = true;
      return answered(connection.endBody(patience));
    }

    private SendOutcome answered(SmtpReply reply) {
      endIfClosing(reply);
      if (reply.code() >= 400) {
        return new SendOutcome.Refused(reply, refused);
      }
      if (reply.code() >= 300) {
        end();
        return new SendOutcome.InDoubt(
            "The server answered the end of the mail with %d".formatted(reply.code()));
      }
      return new SendOutcome.Accepted(reply, refused);
    }

    private String mailFrom(Offers offers) {
      return "MAIL FROM:<"
          + (envelope.sender() == null ? "" : envelope.sender().value())
          + ">"
          + (connection.takesSize() ? " SIZE=" + envelope.content().size() : "")
          + (eightBit ? " BODY=8BITMIME" : "")
          + (offers.smtpUtf8() && needsUtf8() ? " SMTPUTF8" : "");
    }

    private boolean needsUtf8() {
      return (envelope.sender() != null && envelope.sender().needsSmtpUtf8())
          || envelope.recipients().stream().anyMatch(EmailAddress::needsSmtpUtf8);
    }

    /** Tells sender and recipients; null when somebody can get it, else why not. */
    private @Nullable SmtpReply tellEnvelope(String mailFrom) throws MessagingException {
      boolean together = connection.pipelines() && !needsUtf8();
      List<String> commands = new ArrayList<>(List.of(mailFrom));
      told.forEach(recipient -> commands.add("RCPT TO:<" + recipient.value() + ">"));
      SmtpReply sender = null;
      for (int from = 0; from < commands.size(); from += together ? AT_ONCE : 1) {
        int to = Math.min(commands.size(), from + (together ? AT_ONCE : 1));
        List<SmtpReply> replies = say(commands.subList(from, to), together);
        for (int i = from; i < to; i++) {
          SmtpReply reply = replies.get(i - from);
          endIfClosing(reply);
          sender = i == 0 ? reply : sender;
          if (i > 0 && reply.code() >= 300) {
            refuse(told.get(i - 1), reply);
          }
        }
        if (sender != null && sender.code() >= 300) {
          refused.clear();
          return sender;
        }
        if (!usable) {
          return lastRefusal;
        }
      }
      return refused.size() == envelope.recipients().size() ? lastRefusal : null;
    }

    private List<SmtpReply> say(List<String> commands, boolean together) throws MessagingException {
      List<SmtpReply> replies = new ArrayList<>();
      if (needsUtf8()) {
        for (String command : commands) {
          replies.add(connection.utf8Command(command));
        }
        return replies;
      }
      for (String command : commands) {
        connection.command(command);
      }
      for (int i = 0; i < commands.size(); i++) {
        replies.add(connection.reply());
      }
      return replies;
    }

    private void refuse(EmailAddress recipient, SmtpReply reply) {
      refused.put(recipient, reply);
      lastRefusal = reply;
    }

    /** The next mail must not inherit this one's recipients. */
    private SendOutcome resetAfter(SendOutcome outcome) {
      if (usable) {
        try {
          connection.command("RSET");
          usable = connection.reply().isAccepted();
        } catch (MessagingException broken) {
          end();
        }
      }
      return outcome;
    }

    private void endIfClosing(SmtpReply reply) {
      if (reply.code() == CLOSING) {
        end();
      }
    }

    private SendOutcome broke(Exception broken) {
      SmtpReply parting = wholeSent ? null : connection.parting();
      String reason = connection.describe(broken);
      end();
      if (wholeSent) {
        return new SendOutcome.InDoubt(reason);
      }
      return parting == null
          ? new SendOutcome.NothingSent(reason)
          : new SendOutcome.Refused(parting, refused);
    }
  }

  private static boolean isEightBit(MailContent content) throws IOException {
    byte[] chunk = new byte[8192];
    InputStream in = content.open();
    try {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        for (int i = 0; i < count; i++) {
          if (chunk[i] < 0) {
            return true;
          }
        }
      }
      return false;
    } finally {
      release(in);
    }
  }
}
