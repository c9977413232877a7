package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a server answered (RFC 5321 section 4.2).
 *
 * @param code three digits
 * @param enhanced {@code class.subject.detail} (RFC 3463); null when the server gave none
 * @param text the rest, on one line, at most 500 characters
 */
public record SmtpReply(int code, @Nullable String enhanced, String text) {
  private static final int LONGEST = 500;

  public SmtpReply {
    requireNonNull(text, "text");
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException(
          "An SMTP reply has a code of 200 to 599, but this is " + code);
    }
    text = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  public boolean isAccepted() {
    return code < 400;
  }

  /** Whether the same may go well later. */
  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  /** The codes alone, which are fit for a log and an audit trail. */
  public String codes() {
    return enhanced == null ? Integer.toString(code) : code + " " + enhanced;
  }

  @Override
  public String toString() {
    return "SmtpReply[" + codes() + "]";
  }
}
