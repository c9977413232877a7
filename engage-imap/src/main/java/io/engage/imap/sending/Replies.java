package io.engage.imap.sending;

import io.engage.model.outbox.SmtpReply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a server answered (RFC 5321 section 4.2, RFC 2034 for the enhanced code). */
final class Replies {
  private static final Pattern ENHANCED =
      Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s+|$)");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Replies() {}

  /** The reply that these lines are; null when they are none. */
  static @Nullable SmtpReply parse(String lines) {
    int code = 0;
    for (int i = 0; i < 3; i++) {
      int digit = i < lines.length() ? lines.charAt(i) - '0' : -1;
      if (digit < 0 || digit > 9) {
        return null;
      }
      code = code * 10 + digit;
    }
    return parse(code, lines);
  }

  /** The reply that these lines are; null when they are none. */
  static @Nullable SmtpReply parse(int code, @Nullable String lines) {
    if (code < 200 || code > 599 || lines == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    String enhanced = null;
    for (String line : lines.split("\n", 50)) {
      String rest = line.length() > 4 ? line.substring(4).strip() : "";
      Matcher found = ENHANCED.matcher(rest);
      if (found.find()) {
        enhanced = enhanced == null ? found.group(1) : enhanced;
        rest = rest.substring(found.end());
      }
      text.append(text.isEmpty() || rest.isEmpty() ? "" : " ").append(rest);
    }
    return new SmtpReply(code, enhanced, printable(text.toString()));
  }

  private static String printable(String text) {
    return CONTROL.matcher(text).replaceAll(" ").strip();
  }
}
