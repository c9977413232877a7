package io.engage.model.address;

import static java.util.Objects.requireNonNull;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a mailbox, {@code local-part@domain} (RFC 5321 section 4.1.2).
 *
 * <p>The domain is kept in lower case and, when it is international, in its ASCII form (RFC 5891).
 * The local part stays as it was written: only its own server knows whether {@code Ana} and {@code
 * ana} are one mailbox. The form is checked loosely, because customers' mail programs write odd
 * addresses that work; what could break out of a header or an SMTP command (control characters,
 * white space outside quotes, angle brackets) is refused.
 */
public record EmailAddress(String value) implements Address {
  private static final int LONGEST = 320;

  public EmailAddress {
    requireNonNull(value, "value");
    value = normal(value);
  }

  /**
   * @throws IllegalArgumentException when {@code text} is not an address
   */
  public static EmailAddress of(String text) {
    return new EmailAddress(text);
  }

  /** The address that {@code text} is, or empty when it is none. */
  public static Optional<EmailAddress> parse(String text) {
    try {
      return Optional.of(new EmailAddress(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  public String localPart() {
    return value.substring(0, value.lastIndexOf('@'));
  }

  public String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  /** The domain as people read it: an international one in its own script (RFC 5891). */
  public String displayDomain() {
    return IDN.toUnicode(domain());
  }

  /** Whether only servers with SMTPUTF8 (RFC 6531) can take mail for this address. */
  public boolean needsSmtpUtf8() {
    return !isAscii(localPart());
  }

  @Override
  public String toString() {
    return value;
  }

  private static String normal(String text) {
    return isPlain(text) ? text : normalOrRefused(text);
  }

  /** Whether it is of the kind that hardly any differs from, so that most are looked at once. */
  private static boolean isPlain(String text) {
    int at = text.indexOf('@');
    if (at < 1
        || at >= text.length() - 1
        || text.length() > LONGEST
        || text.charAt(at + 1) == '.') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z' && i < at;
      boolean lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!lower && !upper && c != '_' && i != at && !(c == '+' && i < at)) {
        return false;
      }
    }
    return true;
  }

  private static String normalOrRefused(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1 || text.length() > LONGEST) {
      throw refused("it needs something on both sides of one '@' and at most 320 characters");
    }
    String local = text.substring(0, at);
    boolean quoted = local.length() > 2 && local.startsWith("\"") && local.endsWith("\"");
    if (!mayBeLocalPart(local, quoted)) {
      throw refused("the part before '@' has a character that cannot stand there");
    }
    String domain = text.substring(at + 1);
    String normal = normalDomain(domain);
    return normal.equals(domain) ? text : local + '@' + normal;
  }

  private static boolean mayBeLocalPart(String local, boolean quoted) {
    for (int i = 0; i < local.length(); i++) {
      if (!mayStandInLocalPart(local.charAt(i), quoted)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayStandInLocalPart(int c, boolean quoted) {
    return !Character.isISOControl(c)
        && !isLineOrFormat(c)
        && (quoted || (!Character.isWhitespace(c) && "<>,;:()\"\\".indexOf(c) < 0));
  }

  private static boolean isLineOrFormat(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static String normalDomain(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    if (isAscii(lower)) {
      return checked(lower);
    }
    try {
      return checked(IDN.toASCII(lower).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notADomain) {
      throw refused("the part after '@' is no domain");
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static String checked(String domain) {
    boolean literal = domain.startsWith("[") && domain.endsWith("]");
    boolean plain = isPlainDomain(domain, literal);
    if (!plain || domain.startsWith(".")) {
      throw refused("the part after '@' is no domain");
    }
    return domain;
  }

  private static boolean isPlainDomain(String domain, boolean literal) {
    for (int i = 0; i < domain.length(); i++) {
      char c = domain.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._".indexOf(c) >= 0;
      if (!plain && !(literal && "[]:".indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("This is not an e-mail address: " + why);
  }
}
