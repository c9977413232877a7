package io.engage.dialer.inviting;

import io.engage.model.address.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Addresses as calendars write them: {@code mailto:} and what RFC 6068 makes of the rest. */
final class MailUri {
  private static final String SCHEME = "mailto:";

  /** What may stand in the address of such a URI as it is, beside letters and digits. */
  private static final String PLAIN = "-._~!$'()*+,:@";

  private MailUri() {}

  static String of(EmailAddress address) {
    StringBuilder uri = new StringBuilder(SCHEME);
    for (byte b : address.value().getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        uri.append((char) b);
      } else {
        uri.append("%%%02X".formatted(b));
      }
    }
    return uri.toString();
  }

  /** Any case, with or without escapes; header fields behind it do not matter. */
  static Optional<EmailAddress> read(String uri) {
    if (!uri.strip().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String address = uri.strip().substring(SCHEME.length());
    int fields = address.indexOf('?');
    return EmailAddress.parse(unescaped(fields < 0 ? address : address.substring(0, fields)));
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > 0 && PLAIN.indexOf(b) >= 0);
  }

  /** What is no escape stays as it is. */
  private static String unescaped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] plain = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
      plain[length++] = value < 0 ? bytes[i] : (byte) value;
      i += value < 0 ? 0 : 2;
    }
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first * 16 + second;
  }
}
