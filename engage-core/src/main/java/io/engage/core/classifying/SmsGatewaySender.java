package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whose mails may be text messages: one address ({@code sms@gateway.example}), or every address of
 * a domain ({@code gateway.example}) and, written {@code *.gateway.example}, of its subdomains.
 */
public record SmsGatewaySender(String pattern) {
  public SmsGatewaySender {
    requireNonNull(pattern, "pattern");
    pattern = pattern.strip().toLowerCase(Locale.ROOT);
    pattern = pattern.startsWith("*@") ? pattern.substring(2) : pattern;
    if (!isAddress(pattern) && !isDomain(pattern)) {
      throw new IllegalArgumentException(
          "An SMS gateway is an address or a domain, such as sms@gateway.example, gateway.example"
              + " or *.gateway.example, not '%s'".formatted(pattern));
    }
  }

  public static SmsGatewaySender of(String pattern) {
    return new SmsGatewaySender(pattern);
  }

  /**
   * Services that write the sender's number into their mails. Trusting them is the host's decision;
   * whoever can forge their address can write text messages in anybody's name.
   */
  public static List<SmsGatewaySender> wellKnown() {
    return Stream.of(
            "textapp.net",
            "*.textapp.net",
            "didhub.com",
            "*.didhub.com",
            "txt.voice.google.com",
            "msg.fi.google.com",
            "vtext.com",
            "vzwpix.com",
            "tmomail.net",
            "txt.att.net",
            "mms.att.net")
        .map(SmsGatewaySender::new)
        .toList();
  }

  boolean isSenderOf(EmailAddress from) {
    String address = from.value().toLowerCase(Locale.ROOT);
    if (pattern.startsWith("*.")) {
      return from.domain().endsWith(pattern.substring(1));
    }
    return pattern.indexOf('@') < 0 ? from.domain().equals(pattern) : address.equals(pattern);
  }

  private static boolean isAddress(String pattern) {
    return pattern.indexOf('@') > 0 && EmailAddress.parse(pattern).isPresent();
  }

  private static boolean isDomain(String pattern) {
    String domain = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
    return domain.indexOf('.') > 0
        && domain.indexOf('@') < 0
        && EmailAddress.parse("a@" + domain).isPresent();
  }
}
