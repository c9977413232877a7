package io.engage.imap.sending;

import io.engage.imap.sending.Announcing.Then;
import io.engage.imap.sending.Announcing.Verdict;
import io.engage.imap.sending.EnvelopeCheck.Offers;
import io.engage.model.address.EmailAddress;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SendOutcome.Stage;
import io.engage.model.outbox.SmtpReply;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Says what has to be said for a mail. Where the server has PIPELINING (RFC 2920), the commands of
 * a mail travel together, and with the end of the mail before; its content goes only after that one
 * was answered, so that one mail at most can be in doubt.
 */
final class Delivering {
  /** So many commands travel together; more could block both sides (RFC 2920 section 3.1). */
  private static final int AT_ONCE = 50;

  private final SmtpConnection connection;
  private final Dialogue dialogue;
  private final Offers offers;
  private final Pipelining pipelining;
  private final int atOnce;
  private final Duration patience;
  private volatile boolean usable = true;
  private String whyEnded = "This session has ended. Open a new one.";

  /** How many commands of the mail at hand are said and not answered. */
  private int unanswered;

  /** Whether commands of the mail at hand travelled together, and with the end of another. */
  private boolean travelTogether;

  private boolean withAnEnd;
  private boolean resetDue;
  private boolean wholeSent;

  /**
   * @param patience for the answer to the end of a mail
   */
  Delivering(SmtpConnection connection, Pipelining pipelining, Duration patience) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.offers = connection.offers();
    this.pipelining = pipelining;
    this.atOnce = offers.pipelining() && pipelining.isTrusted() ? AT_ONCE : 1;
    this.patience = patience;
  }

  boolean isUsable() {
    return usable;
  }

  /** Tries once. Whatever the server does is an outcome. */
  SendOutcome deliver(Outgoing mail, Ahead ahead) {
    if (!usable) {
      return new SendOutcome.NothingSent(whyEnded);
    }
    SendOutcome known = mail.prepare(offers);
    if (known != null) {
      return known;
    }
    wholeSent = false;
    try {
      return converse(mail, ahead);
    } catch (MessagingException | IOException | RuntimeException broken) {
      return broke(mail, broken);
    } catch (Error ours) {
      end();
      throw ours;
    }
  }

  private SendOutcome converse(Outgoing mail, Ahead ahead) throws MessagingException, IOException {
    Verdict verdict = hear(mail);
    while (verdict instanceof Verdict.Unfinished) {
      announce(mail);
      verdict = hear(mail);
    }
    if (verdict instanceof Verdict.Wanted wanted) {
      return sendContent(mail, wanted.refused(), ahead);
    }
    if (verdict instanceof Verdict.Refused refused) {
      cleanUp(refused);
      return new SendOutcome.Refused(refused.reply(), refused.refused(), refused.stage());
    }
    return outOfStep();
  }

  /** Says the next commands of a mail, as many as may travel together. */
  private void announce(Outgoing mail) throws MessagingException, IOException {
    int from = mail.heard();
    int to = Math.min(mail.commands().size(), from + atOnce);
    boolean reset = resetDue;
    resetDue = false;
    if (reset) {
      dialogue.command("RSET");
    }
    if (reset && atOnce == 1) {
      dialogue.flush();
      requireForgotten();
    }
    say(mail.commands().subList(from, to));
    dialogue.flush();
    if (reset && atOnce > 1) {
      requireForgotten();
    }
  }

  private void requireForgotten() throws MessagingException, IOException {
    if (!dialogue.reply().isAccepted()) {
      throw new MessagingException("The server does not forget the mail before");
    }
  }

  private void say(List<String> commands) throws IOException {
    for (String command : commands) {
      dialogue.command(command);
    }
    unanswered = commands.size();
    travelTogether = travelTogether || unanswered > 1;
  }

  /** Hears the answers to what was said; a server that closes gives no more. */
  private Verdict hear(Outgoing mail) throws MessagingException, IOException {
    while (unanswered > 0) {
      SmtpReply reply = dialogue.reply();
      unanswered = reply.code() == Announcing.CLOSING ? 0 : unanswered - 1;
      mail.hear(reply);
    }
    return mail.verdict();
  }

  private SendOutcome sendContent(Outgoing mail, Map<EmailAddress, SmtpReply> refused, Ahead ahead)
      throws MessagingException, IOException {
    heardAll();
    if (!said(mail)) {
      return interrupted(dialogue.reply(), refused);
    }
    Outgoing next = atOnce > 1 ? ahead.announceable(offers, atOnce) : null;
    wholeSent = true;
    dialogue.end();
    if (next != null) {
      say(next.commands());
      withAnEnd = true;
    }
    dialogue.flush();
    return answered(dialogue.replyToEnd(patience), refused);
  }

  private void heardAll() {
    if (withAnEnd) {
      pipelining.wentWell();
    }
    travelTogether = false;
    withAnEnd = false;
  }

  private boolean said(Outgoing mail) throws IOException {
    byte[] bytes = mail.bytes();
    if (bytes != null) {
      return dialogue.content(bytes);
    }
    InputStream content = mail.open();
    try {
      return dialogue.content(content);
    } finally {
      Outgoing.release(content);
    }
  }

  /** The server has spoken before the mail was whole; it never gets the rest. */
  private SendOutcome interrupted(SmtpReply reply, Map<EmailAddress, SmtpReply> refused) {
    end();
    return reply.isAccepted()
        ? new SendOutcome.NothingSent("The server answered a mail before its end")
        : new SendOutcome.Refused(reply, refused, Stage.CONTENT);
  }

  private SendOutcome answered(SmtpReply reply, Map<EmailAddress, SmtpReply> refused) {
    endIfClosing(reply);
    if (reply.code() >= 400) {
      return new SendOutcome.Refused(reply, refused, Stage.CONTENT);
    }
    if (reply.code() >= 300) {
      end();
      return new SendOutcome.InDoubt(
          "The server answered the end of the mail with %d".formatted(reply.code()));
    }
    return new SendOutcome.Accepted(reply, refused);
  }

  private SendOutcome outOfStep() {
    if (travelTogether) {
      pipelining.broke();
    }
    whyEnded = "The server gave an answer that belongs to another command.";
    end();
    return new SendOutcome.NothingSent(whyEnded);
  }

  private void cleanUp(Verdict.Refused refused) {
    heardAll();
    resetDue = true;
    endIfClosing(refused.reply());
    if (refused.then() == Then.END_NOTHING) {
      endNothing();
    } else if (refused.then() == Then.LEAVE) {
      end();
    }
  }

  /** Whatever is answered: nobody was to have it, and nobody can. */
  private void endNothing() {
    try {
      dialogue.end();
      dialogue.flush();
      endIfClosing(dialogue.replyToEnd(patience));
    } catch (MessagingException | IOException | RuntimeException broken) {
      end();
    }
  }

  private void endIfClosing(SmtpReply reply) {
    if (reply.code() == Announcing.CLOSING) {
      whyEnded = "The server has closed the connection (%s).".formatted(reply.codes());
      end();
    }
  }

  private SendOutcome broke(Outgoing mail, Exception broken) {
    if (travelTogether) {
      pipelining.broke();
    }
    SmtpReply parting = wholeSent ? null : dialogue.parting();
    whyEnded = connection.describe(broken);
    end();
    if (wholeSent) {
      return new SendOutcome.InDoubt(whyEnded);
    }
    return parting == null
        ? new SendOutcome.NothingSent(whyEnded)
        : new SendOutcome.Refused(parting, Map.of(), mail.stage());
  }

  /** Ends the connection at once. */
  void end() {
    usable = false;
    connection.cut();
  }

  /** Says goodbye without waiting for an answer. */
  void leave() {
    if (usable) {
      usable = false;
      try {
        dialogue.command("QUIT");
        dialogue.flush();
      } catch (IOException | RuntimeException gone) {
        // It is closed in any case.
      }
    }
    connection.cut();
  }
}
