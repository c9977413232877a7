package io.engage.core;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Recipient;
import java.util.Collection;
import java.util.Locale;

/** Whether a text that is no address holds one, as somebody typed it. */
final class Mention {
  /** What may go on with an address to its left or right, beside letters and digits. */
  private static final String WITHIN = "!#$%&'*+-/=?^_`{|}~.@";

  private Mention() {}

  /**
   * Of rows with an address that is one the store knows for itself. Neither why a row failed says
   * something of that, it is the first of its problems, nor whether the text could be an address: a
   * mark for a forbidden character could stand in one.
   */
  static boolean isInInvalid(Recipient recipient, Collection<EmailAddress> addresses) {
    return addresses.stream().anyMatch(each -> isIn(recipient.address(), each));
  }

  /** As a whole, without regard to case: {@code susana@mail.example} does not hold Ana's. */
  static boolean isIn(String text, EmailAddress address) {
    String lower = text.toLowerCase(Locale.ROOT);
    String wanted = address.value().toLowerCase(Locale.ROOT);
    for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      boolean whole =
          !lower.equals(wanted)
              && (at == 0 || !goesOn(lower.charAt(at - 1)))
              && (end == lower.length() || !continues(lower, end));
      if (whole) {
        return true;
      }
    }
    return false;
  }

  /** A full stop may end a sentence, and a hyphen stand before a name. */
  private static boolean continues(String text, int at) {
    char c = text.charAt(at);
    boolean last = at + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(at + 1));
    return Character.isLetterOrDigit(c) || ((c == '.' || c == '-') && !last);
  }

  private static boolean goesOn(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || WITHIN.indexOf(c) >= 0;
  }
}
