package io.engage.memory;

import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.spi.Attendance;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Who is where just now; whose time is over is forgotten when somebody looks. */
final class AttendanceTable implements Attendance {
  private final Guard guard;
  private final Map<ConversationId, NavigableMap<String, Attendee>> present = new HashMap<>();

  AttendanceTable(Guard guard) {
    this.guard = guard;
  }

  @Override
  public void attend(ConversationId conversation, Attendee attendee) {
    guard.change(
        () ->
            present
                .computeIfAbsent(conversation, any -> new TreeMap<>())
                .put(attendee.agent().id().value(), attendee));
  }

  @Override
  public void leave(ConversationId conversation, AgentId agent) {
    guard.change(
        () ->
            present.computeIfPresent(
                conversation,
                (any, attendees) -> {
                  attendees.remove(agent.value());
                  return attendees.isEmpty() ? null : attendees;
                }));
  }

  @Override
  public List<Attendee> attending(ConversationId conversation, Instant now) {
    return guard.write(
        () -> {
          present.computeIfPresent(
              conversation,
              (any, attendees) -> {
                attendees.values().removeIf(each -> !each.until().isAfter(now));
                return attendees.isEmpty() ? null : attendees;
              });
          return List.copyOf(
              present.getOrDefault(conversation, Collections.emptyNavigableMap()).values());
        });
  }
}
