package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What there is to know of a calendar that somebody sent.
 *
 * @param method what it is for; empty when it does not say
 * @param event the lines of its first event, in order
 */
public record CalendarObject(String method, List<CalendarLine> event) {
  public CalendarObject {
    requireNonNull(method, "method");
    event = List.copyOf(event);
  }

  @Override
  public String toString() {
    return "CalendarObject[%d lines]".formatted(event.size());
  }
}
