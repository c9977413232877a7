package io.engage.dialer.inviting;

import io.engage.model.campaign.EventTemplate;
import java.util.function.Function;

/** What an event is made of, each of it fixed or filled from the row. */
public enum EventPart {
  TITLE("title", 1_000, EventTemplate::title),
  ORGANIZER("organizer", 1_000, EventTemplate::organizer),
  START("start", 64, EventTemplate::start),
  END("end", 64, EventTemplate::end),
  LOCATION("location", 1_000, EventTemplate::location),
  DESCRIPTION("description", 50_000, EventTemplate::description);

  private final String label;
  private final int longest;
  private final Function<EventTemplate, String> reading;

  EventPart(String label, int longest, Function<EventTemplate, String> reading) {
    this.label = label;
    this.longest = longest;
    this.reading = reading;
  }

  /** What it is called where it is written. */
  public String label() {
    return label;
  }

  /** In characters; longer ones are refused, because calendars cut them or take none of it. */
  int longest() {
    return longest;
  }

  String of(EventTemplate event) {
    return reading.apply(event);
  }
}
