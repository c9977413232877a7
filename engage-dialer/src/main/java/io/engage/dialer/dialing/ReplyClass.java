package io.engage.dialer.dialing;

import io.engage.model.outbox.SendOutcome.Stage;
import io.engage.model.outbox.SmtpReply;
import java.util.Set;

/**
 * Decides whom a server's refusal is about, by what it answers, reply code (RFC 5321 section 4.2)
 * and enhanced code (RFC 3463), never by its words.
 */
public enum ReplyClass {
  /** There is no such mailbox; writing again is useless, and harms us. */
  NO_SUCH_RECIPIENT,
  /** This recipient, or this mail, is refused for good. */
  REFUSED,
  /** It may go well later. */
  LATER,
  /** It may go well later, when less is sent. */
  TOO_FAST,
  /** We are refused: our address, our reputation, our login. No recipient is to blame. */
  OURS;

  private static final Set<Integer> ABOUT_LOGIN = Set.of(530, 534, 535, 538);

  /** The server closes the connection (RFC 5321 section 4.2.3). */
  static final int CLOSING = 421;

  /** "Throttling failure", as providers answer who sends faster than agreed. */
  private static final int THROTTLED = 454;

  /**
   * @param stage what it answered: whoever refuses the sender has not heard of a recipient yet, and
   *     whoever refuses a content knows the recipient
   */
  public static ReplyClass decide(SmtpReply reply, Stage stage) {
    String enhanced = reply.enhanced() == null ? "" : reply.enhanced();
    if (reply.isTransient()) {
      boolean tooFast =
          isThrottling(reply.code(), enhanced) || asksForPatience(reply.code(), enhanced, stage);
      return tooFast ? TOO_FAST : LATER;
    }
    if (stage == Stage.SENDER) {
      return isTooLarge(reply.code(), enhanced) ? REFUSED : OURS;
    }
    if (ABOUT_LOGIN.contains(reply.code()) || isAboutUs(enhanced)) {
      return OURS;
    }
    if (enhanced.startsWith("5.1.")) {
      return stage == Stage.RECIPIENT ? NO_SUCH_RECIPIENT : REFUSED;
    }
    return isFull(reply.code(), enhanced) ? LATER : REFUSED;
  }

  /** 421 closes a connection that asked for too much; 4.7.x and 4.3.2 are how providers say so. */
  private static boolean isThrottling(int code, String enhanced) {
    return code == CLOSING
        || enhanced.startsWith("4.7.")
        || enhanced.equals("4.3.2")
        || enhanced.equals("4.4.5")
        || enhanced.equals("4.5.3");
  }

  /**
   * Many servers say so without an enhanced code. What is said of a recipient may be about their
   * mailbox, as in greylisting; what is said of the sender or of the mail is about us, and to slow
   * down does no harm.
   */
  private static boolean asksForPatience(int code, String enhanced, Stage stage) {
    return enhanced.isEmpty() && (code == THROTTLED || stage != Stage.RECIPIENT);
  }

  /** 5.7.x is policy; 5.1.7 and 5.1.8 blame the sender's address. */
  private static boolean isAboutUs(String enhanced) {
    return enhanced.startsWith("5.7.") || enhanced.equals("5.1.7") || enhanced.equals("5.1.8");
  }

  /** The size of a mail is told with its sender (RFC 1870 section 6.1). */
  private static boolean isTooLarge(int code, String enhanced) {
    return enhanced.equals("5.3.4")
        || enhanced.equals("5.2.3")
        || (code == 552 && enhanced.isEmpty());
  }

  /** A mailbox that is full is emptied some day, whatever the first digit says. */
  private static boolean isFull(int code, String enhanced) {
    return enhanced.equals("5.2.2") || (code == 552 && enhanced.isEmpty());
  }
}
