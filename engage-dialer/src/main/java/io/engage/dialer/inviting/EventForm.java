package io.engage.dialer.inviting;

import io.engage.core.templating.FilledText;
import io.engage.model.campaign.EventTemplate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The event of a campaign, read once for all its rows. */
public final class EventForm {
  private final Map<EventPart, FilledText.Form> parts;
  private final EventDates dates;
  private final int sequence;

  EventForm(Map<EventPart, FilledText.Form> parts, EventTemplate event) {
    this.parts = new EnumMap<>(parts);
    this.dates = new EventDates(event.zone(), event.dates());
    this.sequence = event.sequence();
  }

  /** 0 for the invitation, one more with each change that recipients are told of. */
  public int sequence() {
    return sequence;
  }

  /** The variables that a row has to bring. */
  public Set<String> fields() {
    Set<String> fields = new HashSet<>();
    parts.values().forEach(part -> fields.addAll(part.fields()));
    return Set.copyOf(fields);
  }

  /**
   * Invites one recipient, or tells them what has changed.
   *
   * @param values of the row, by the names of its variables
   */
  public Invitation decide(Map<String, String> values, Parties parties, Revision revision) {
    EventFilling filling = new EventFilling(parts, dates, values);
    return filling
        .fill()
        .<Invitation>map(
            text -> new Invitation.Ready(CalendarWriting.write(text, parties, revision)))
        .orElseGet(() -> new Invitation.Refused(filling.problems()));
  }

  /** Which no row can mend. */
  List<EventProblem> problemsOfWhatIsFixed() {
    return EventFilling.ofWhatIsFixed(parts, dates);
  }
}
