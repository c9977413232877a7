package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a supervisor sees of an inbox at one moment.
 *
 * @param open whether it is staffed now by its schedule, and switched on
 * @param now who waits and who works
 * @param backlog how many of the queued ones are more than the queue takes, and parked
 * @param today in the time zone of the inbox
 * @param colours how near each threshold is
 * @param agents its members in their order, then who else has something of it, by id
 * @param at UTC
 */
public record InboxPicture(
    InboxId inbox,
    String name,
    boolean open,
    QueueStanding now,
    int backlog,
    DayFigures today,
    Map<Threshold, Colour> colours,
    List<AgentPicture> agents,
    Instant at) {
  public InboxPicture {
    requireNonNull(inbox, "inbox");
    requireNonNull(name, "name");
    requireNonNull(now, "now");
    requireNonNull(today, "today");
    Map<Threshold, Colour> sorted = new EnumMap<>(Threshold.class);
    sorted.putAll(colours);
    colours = Collections.unmodifiableMap(sorted);
    agents = List.copyOf(agents);
    requireNonNull(at, "at");
  }

  /** Whether it shows the same, whenever that was. */
  public boolean shows(InboxPicture other) {
    return equals(
        new InboxPicture(
            other.inbox,
            other.name,
            other.open,
            other.now,
            other.backlog,
            other.today,
            other.colours,
            other.agents,
            at));
  }
}
