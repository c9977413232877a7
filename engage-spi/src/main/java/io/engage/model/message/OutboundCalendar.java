package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An invitation that goes out with a mail (iTIP, RFC 5546, carried as RFC 6047 says). What the
 * calendar says of itself and what the mail says of it cannot differ: Outlook believes the one,
 * others the other.
 *
 * @param method what the calendar is for
 * @param text the whole iCalendar object (RFC 5545), with CRLF line ends
 */
public record OutboundCalendar(Method method, String text) {
  private static final int LONGEST = 256 * 1024;

  public OutboundCalendar {
    requireNonNull(method, "method");
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The calendar has %d characters, but at most %d are possible"
              .formatted(text.length(), LONGEST));
    }
    if (!text.startsWith("BEGIN:VCALENDAR\r\n") || !text.endsWith("\r\nEND:VCALENDAR\r\n")) {
      throw new IllegalArgumentException(
          "A calendar begins with BEGIN:VCALENDAR, ends with END:VCALENDAR and has CRLF line ends"
              + " (RFC 5545 section 3.4)");
    }
    if (!methods(text).equals(List.of("METHOD:" + method))) {
      throw new IllegalArgumentException(
          "The calendar has to say METHOD:%s once, because its mail says so".formatted(method));
    }
  }

  /** What a calendar is for (RFC 5546 section 1.4). */
  public enum Method {
    /** An invitation, or what changed of one. */
    REQUEST,
    /** It does not take place. */
    CANCEL
  }

  @Override
  public String toString() {
    return "OutboundCalendar[%s, %d characters]".formatted(method, text.length());
  }

  /** A line that goes on begins with a blank, so none of them is within a value. */
  private static List<String> methods(String text) {
    return text.lines().filter(line -> line.regionMatches(true, 0, "METHOD", 0, 6)).toList();
  }
}
