package io.engage.imap.sending;

import io.engage.imap.sending.EnvelopeCheck.Offers;
import io.engage.model.address.EmailAddress;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SendOutcome.Stage;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailTransport.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mail for one server: what is said of it, what was answered, and its bytes. */
final class Outgoing {
  /** What is shorter is read before anything is said, so that a bad store costs no connection. */
  private static final int SHORT = 64 << 10;

  private static final int CHUNK = 8 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  private final Envelope envelope;
  private final Map<EmailAddress, SmtpReply> untold = new LinkedHashMap<>();
  private final List<EmailAddress> told = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private final List<SmtpReply> replies = new ArrayList<>();
  private byte @Nullable [] bytes;
  private boolean prepared;
  private @Nullable SendOutcome known;

  Outgoing(Envelope envelope) {
    this.envelope = envelope;
  }

  boolean isShort() {
    return envelope.content().size() <= SHORT;
  }

  /**
   * Looks at the mail, once, before anything of it is said.
   *
   * @return what becomes of it when nothing of it can be said; null when it can
   */
  @Nullable SendOutcome prepare(Offers offers) {
    if (!prepared) {
      prepared = true;
      known = outcomeOrCommands(offers);
    }
    return known;
  }

  private @Nullable SendOutcome outcomeOrCommands(Offers offers) {
    boolean eightBit;
    try {
      eightBit = isEightBit();
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("The bytes of a mail cannot be read; nothing was sent", unreadable);
      return new SendOutcome.NothingSent("The bytes of the mail cannot be read.");
    }
    SendOutcome refusal = refusal(eightBit, offers);
    if (refusal != null) {
      return refusal;
    }
    commands.add(mailFrom(eightBit, offers));
    told.forEach(recipient -> commands.add("RCPT TO:<" + recipient.value() + ">"));
    commands.add("DATA");
    return null;
  }

  /** MAIL, each RCPT and DATA. */
  List<String> commands() {
    return commands;
  }

  /** How many of the commands were answered. */
  int heard() {
    return replies.size();
  }

  /** What the next answer is about. */
  Stage stage() {
    if (replies.isEmpty()) {
      return Stage.SENDER;
    }
    return replies.size() <= told.size() ? Stage.RECIPIENT : Stage.CONTENT;
  }

  void hear(SmtpReply reply) {
    replies.add(reply);
  }

  Announcing.Verdict verdict() {
    return Announcing.decide(untold, told, replies);
  }

  /** The bytes of a short mail; null when they have to be {@link #open opened}. */
  byte @Nullable [] bytes() {
    return bytes;
  }

  /** The bytes; the caller {@link #release releases} them. */
  InputStream open() throws IOException {
    return envelope.content().open();
  }

  /** What became of the mail is known by now, and nothing that happens here changes it. */
  static void release(InputStream content) {
    try {
      content.close();
    } catch (IOException | RuntimeException readAnyway) {
      LOG.debug("The bytes of a mail could not be closed", readAnyway);
    }
  }

  /** What is known to be refused before anything is said; null when it may be tried. */
  private @Nullable SendOutcome refusal(boolean eightBit, Offers offers) {
    SmtpReply whole = EnvelopeCheck.decide(envelope.content().size(), eightBit, offers);
    EmailAddress returnPath = envelope.sender();
    if (whole != null) {
      return new SendOutcome.Refused(whole, Map.of(), Stage.CONTENT);
    }
    SmtpReply sender = returnPath == null ? null : EnvelopeCheck.decide(returnPath, offers);
    if (sender != null) {
      return new SendOutcome.Refused(sender, Map.of(), Stage.SENDER);
    }
    SmtpReply last = null;
    for (EmailAddress recipient : envelope.recipients()) {
      SmtpReply reply = EnvelopeCheck.decide(recipient, offers);
      if (reply == null) {
        told.add(recipient);
      } else {
        untold.put(recipient, reply);
        last = reply;
      }
    }
    return told.isEmpty() && last != null
        ? new SendOutcome.Refused(last, untold, Stage.RECIPIENT)
        : null;
  }

  private String mailFrom(boolean eightBit, Offers offers) {
    return "MAIL FROM:<"
        + (envelope.sender() == null ? "" : envelope.sender().value())
        + ">"
        + (offers.size() ? " SIZE=" + envelope.content().size() : "")
        + (eightBit ? " BODY=8BITMIME" : "")
        + (offers.smtpUtf8() && needsUtf8() ? " SMTPUTF8" : "");
  }

  private boolean needsUtf8() {
    return (envelope.sender() != null && envelope.sender().needsSmtpUtf8())
        || envelope.recipients().stream().anyMatch(EmailAddress::needsSmtpUtf8);
  }

  private boolean isEightBit() throws IOException {
    InputStream in = envelope.content().open();
    try {
      return isShort() ? isShortEightBit(in) : isEightBit(in);
    } finally {
      release(in);
    }
  }

  /** One that is not as long as it says is not sent from memory. */
  private boolean isShortEightBit(InputStream in) throws IOException {
    byte[] whole = new byte[(int) envelope.content().size()];
    int count = in.readNBytes(whole, 0, whole.length);
    byte[] more = new byte[1];
    boolean ends = in.read(more) < 0;
    bytes = ends ? whole(whole, count) : null;
    return Scanning.isEightBit(whole, count) || (!ends && (more[0] < 0 || isEightBit(in)));
  }

  private static byte[] whole(byte[] start, int count) {
    return count == start.length ? start : Arrays.copyOf(start, count);
  }

  private static boolean isEightBit(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    boolean eightBit = false;
    int count = 1;
    while (!eightBit && count > 0) {
      count = in.readNBytes(chunk, 0, chunk.length);
      eightBit = Scanning.isEightBit(chunk, count);
    }
    return eightBit;
  }
}
