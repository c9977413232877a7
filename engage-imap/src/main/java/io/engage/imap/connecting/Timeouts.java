package io.engage.imap.connecting;

import java.time.Duration;

/**
 * How long a server may take. All are finite.
 *
 * @param connect until the connection stands
 * @param silence without a byte while an answer is due
 * @param command until a command brings something useful, however lively the server chats
 * @param finalAnswer until the answer to a mail that was sent whole; short ones make mails that are
 *     in doubt (RFC 5321 section 4.5.3.2.6 asks for 10 minutes)
 */
public record Timeouts(Duration connect, Duration silence, Duration command, Duration finalAnswer) {
  private static final Duration LONGEST = Duration.ofHours(1);

  public Timeouts {
    requireFinite("connecting", connect);
    requireFinite("silence", silence);
    requireFinite("a command", command);
    requireFinite("the final answer", finalAnswer);
  }

  /** What serves ordinary servers. */
  public static Timeouts standard() {
    return new Timeouts(
        Duration.ofSeconds(20),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10));
  }

  /** For somebody who waits in front of a screen: no longer than these, each at most so long. */
  public Timeouts brief() {
    return new Timeouts(
        shorter(connect, Duration.ofSeconds(10)),
        shorter(silence, Duration.ofSeconds(10)),
        shorter(command, Duration.ofSeconds(15)),
        shorter(finalAnswer, Duration.ofSeconds(15)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void requireFinite(String what, Duration time) {
    if (time.isNegative() || time.toMillis() == 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The time limit for %s has to be from 1 millisecond to 1 hour, but is %s"
              .formatted(what, time));
    }
  }
}
