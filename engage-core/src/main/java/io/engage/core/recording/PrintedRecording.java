package io.engage.core.recording;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What stands at the top of a printed conversation.
 *
 * @param inbox its name
 * @param agents who had it, by name
 * @param printedBy by name
 * @param zone in which all times are given
 */
public record PrintedRecording(
    Conversation conversation,
    String inbox,
    List<String> agents,
    String printedBy,
    Instant printedAt,
    ZoneId zone) {
  public PrintedRecording {
    requireNonNull(conversation, "conversation");
    requireNonNull(inbox, "inbox");
    agents = List.copyOf(agents);
    requireNonNull(printedBy, "printedBy");
    requireNonNull(printedAt, "printedAt");
    requireNonNull(zone, "zone");
  }
}
