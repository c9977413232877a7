package io.engage.core.sanitizing;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the addresses in HTML mean to browsers, which forgive much. */
final class Addresses {
  private static final Set<String> FOLLOWED = Set.of("mailto:", "tel:");

  private Addresses() {}

  /** Without the control characters and outer blanks that browsers leave out (WHATWG URL 4.4). */
  static String asBrowsersReadIt(String address) {
    StringBuilder kept = new StringBuilder(address.length());
    address.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> kept.append((char) c));
    return kept.toString().strip();
  }

  /**
   * Whether a browser would ask another machine for it: a web address, {@code //host}, {@code
   * \\host}.
   */
  static boolean isElsewhere(String lower) {
    String slashed = lower.replace('\\', '/');
    return slashed.startsWith("//")
        || slashed.startsWith("http:")
        || slashed.startsWith("https:")
        || slashed.startsWith("ftp:")
        || slashed.startsWith("file:");
  }

  /** A complete web address that has one meaning only. */
  static boolean isWeb(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return (lower.startsWith("http://") || lower.startsWith("https://"))
        && address.length() > lower.indexOf("//") + 2
        && address.charAt(lower.indexOf("//") + 2) != '/'
        && address.indexOf('\\') < 0;
  }

  /** The address of a link that a reader may follow; null for none. */
  static @Nullable String followed(String href) {
    String address = asBrowsersReadIt(href);
    String lower = address.toLowerCase(Locale.ROOT);
    boolean allowed = isWeb(address) || FOLLOWED.stream().anyMatch(lower::startsWith);
    return allowed && address.length() <= 8_000 ? address : null;
  }
}
