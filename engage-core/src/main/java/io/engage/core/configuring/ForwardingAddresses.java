package io.engage.core.configuring;

import io.engage.model.address.EmailAddress;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes forwarding addresses: their beginning tells people what for, their end nobody can guess.
 */
public final class ForwardingAddresses {
  private static final int LONGEST_NAME = 20;

  private ForwardingAddresses() {}

  /**
   * @param unguessable at most 40 letters, digits and hyphens: with the name it fits into the 64
   *     characters that a local part may have (RFC 5321 section 4.5.3.1.1)
   */
  public static EmailAddress decide(String inboxName, String domain, String unguessable) {
    String name = plain(inboxName);
    return EmailAddress.of((name.isEmpty() ? "" : name + "-") + unguessable + "@" + domain);
  }

  private static String plain(String name) {
    String letters =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^a-z0-9]+", "-");
    String cut = letters.substring(0, Math.min(LONGEST_NAME, letters.length()));
    return cut.replaceAll("^-|-$", "");
  }
}
