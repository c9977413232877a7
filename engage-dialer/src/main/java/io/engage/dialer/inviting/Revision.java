package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.OutboundCalendar.Method;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Which word of ours on an event this is. Calendars know an event by its UID, and believe the
 * highest sequence (RFC 5546 section 2.1.4).
 *
 * @param uid of one recipient's event, the same one for all that is ever said of it: 1 to 200
 *     letters, digits and any of {@code . _ + @ -}
 * @param sequence 0 for the invitation, one more for whatever changes it
 * @param stamp when it was said
 */
public record Revision(Method method, String uid, int sequence, Instant stamp) {
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9._+@-]{1,200}");

  public Revision {
    requireNonNull(method, "method");
    requireNonNull(stamp, "stamp");
    if (!UID.matcher(uid).matches()) {
      throw new IllegalArgumentException(
          "The UID of an event has 1 to 200 letters, digits and . _ + @ - only");
    }
    if (sequence < 0) {
      throw new IllegalArgumentException("The sequence of an event starts at 0");
    }
  }

  /** The invitation itself, or with a higher sequence what became of it. */
  public static Revision request(String uid, int sequence, Instant stamp) {
    return new Revision(Method.REQUEST, uid, sequence, stamp);
  }

  /** The next word on it: something of it has changed. */
  public Revision changed(Instant at) {
    return new Revision(Method.REQUEST, uid, sequence + 1, at);
  }

  /** The next word on it: it does not take place. */
  public Revision cancelled(Instant at) {
    return new Revision(Method.CANCEL, uid, sequence + 1, at);
  }
}
