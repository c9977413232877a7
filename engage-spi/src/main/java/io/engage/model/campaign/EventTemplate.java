package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * An event that goes along with a mail as an invitation (RFC 5546). Every text may hold fields
 * {@code ${name}}, filled from the row.
 *
 * @param title of the event
 * @param organizer who is shown as inviting: a name, or an address as one; empty for the inbox
 *     itself. Calendars answer to the inbox in any case
 * @param start a date and time, as text because it may be a field; a date alone for whole days
 * @param end the same; of whole days the last one
 * @param location empty when it has none
 * @param description empty when it has none
 * @param zone in which times without an offset are
 * @param dates how {@code 03/04/2026}, {@code 03.04.2026} and {@code 03-04-2026} are to be read
 * @param sequence 0 for the invitation, one more with each change that recipients are told of
 */
public record EventTemplate(
    String title,
    String organizer,
    String start,
    String end,
    String location,
    String description,
    ZoneId zone,
    DateOrder dates,
    int sequence) {

  /** How a date that does not begin with its year is to be read; nothing is guessed. */
  public enum DateOrder {
    DAY_FIRST("day-first"),
    MONTH_FIRST("month-first");

    private final String code;

    DateOrder(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public EventTemplate {
    requireNonNull(title, "title");
    requireNonNull(organizer, "organizer");
    requireNonNull(start, "start");
    requireNonNull(end, "end");
    requireNonNull(location, "location");
    requireNonNull(description, "description");
    requireNonNull(zone, "zone");
    requireNonNull(dates, "dates");
    if (sequence < 0) {
      throw new IllegalArgumentException("The sequence of an event starts at 0");
    }
  }

  /** An event of the inbox itself. */
  public static EventTemplate of(String title, String start, String end, ZoneId zone) {
    return new EventTemplate(title, "", start, end, "", "", zone, DateOrder.DAY_FIRST, 0);
  }

  public EventTemplate withOrganizer(String newOrganizer) {
    return new EventTemplate(
        title, newOrganizer, start, end, location, description, zone, dates, sequence);
  }

  public EventTemplate withSequence(int newSequence) {
    return new EventTemplate(
        title, organizer, start, end, location, description, zone, dates, newSequence);
  }

  /** Customer-facing words stay out of logs. */
  @Override
  public String toString() {
    return "EventTemplate[%d]".formatted(sequence);
  }
}
