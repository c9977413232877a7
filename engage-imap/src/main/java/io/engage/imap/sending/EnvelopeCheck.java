package io.engage.imap.sending;

import io.engage.model.address.EmailAddress;
import io.engage.model.outbox.SmtpReply;
import org.jspecify.annotations.Nullable;

/** What a server would refuse, or garble, is refused here before it is sent. */
final class EnvelopeCheck {
  private EnvelopeCheck() {}

  /**
   * What the server offered at EHLO.
   *
   * @param size whether it wants to be told how large a mail is (RFC 1870)
   * @param largestMail 0 when it did not say
   * @param pipelining whether commands may travel together (RFC 2920)
   */
  record Offers(
      boolean size, long largestMail, boolean pipelining, boolean eightBitMime, boolean smtpUtf8) {}

  /** Why a mail cannot be sent to this server at all; null when it can. */
  static @Nullable SmtpReply decide(long size, boolean eightBit, Offers offers) {
    if (offers.largestMail() > 0 && size > offers.largestMail()) {
      return new SmtpReply(
          552,
          "5.3.4",
          "The mail has %d bytes, the server takes %d".formatted(size, offers.largestMail()));
    }
    if (eightBit && !offers.eightBitMime()) {
      return new SmtpReply(
          554, "5.6.3", "The mail has bytes over 127, which the server does not take");
    }
    return null;
  }

  /** Why an address cannot be told to this server; null when it can. */
  static @Nullable SmtpReply decide(EmailAddress address, Offers offers) {
    if (breaksCommand(address.value())) {
      return new SmtpReply(501, "5.1.3", "The address has a character that may not stand there");
    }
    if (!offers.smtpUtf8() && address.needsSmtpUtf8()) {
      return new SmtpReply(
          553, "5.6.7", "The address is not ASCII, and the server has no SMTPUTF8");
    }
    return null;
  }

  private static boolean breaksCommand(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (Character.isISOControl(c) || c == '<' || c == '>') {
        return true;
      }
    }
    return false;
  }
}
