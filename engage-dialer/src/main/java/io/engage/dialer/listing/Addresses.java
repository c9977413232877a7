package io.engage.dialer.listing;

import io.engage.model.address.EmailAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells addresses that mail can be sent to from what is no address. */
final class Addresses {
  /** Labels as RFC 1035 section 2.3.4 bounds them; what stands in them is checked before. */
  private static final Pattern DOMAIN =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*+");

  private static final int LONGEST_LOCAL_PART = 64;

  private Addresses() {}

  /** Stricter than {@link EmailAddress}, since nobody has written from it yet. */
  static boolean isAddress(String text) {
    Optional<EmailAddress> address = EmailAddress.parse(text);
    return address.isPresent() && isLocalPart(address.get().localPart()) && isDomain(address.get());
  }

  /**
   * Whether a character would become a line break where only its lower byte is kept, as U+760D and
   * U+760A in commands of careless programs.
   */
  static boolean endsCommands(String address) {
    return address.chars().anyMatch(c -> c > 0xFF && ((c & 0xFF) == '\r' || (c & 0xFF) == '\n'));
  }

  private static boolean isLocalPart(String local) {
    return local.length() <= LONGEST_LOCAL_PART
        && (local.startsWith("\"") || local.indexOf('@') < 0);
  }

  private static boolean isDomain(EmailAddress address) {
    String domain = address.domain();
    return domain.startsWith("[") || DOMAIN.matcher(domain).matches();
  }
}
